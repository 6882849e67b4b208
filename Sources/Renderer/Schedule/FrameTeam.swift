/// Renders the frames of a run, as many at once as workers have nothing else to do, and hands them on in order.
final class FrameTeam {
  typealias Render = @Sendable (_ frame: Int, any ClipFrameSource, FrameMemory) throws -> Void

  private let source: any ClipFrameSource
  private let pool: FramePool
  private let render: Render
  private var idle: [Member]

  /// `render` fills the memory of a frame, which comes from `pool`.
  init(_ source: any ClipFrameSource, _ pool: FramePool, render: @escaping Render) {
    self.source = source
    self.pool = pool
    self.render = render
    idle = [Member(source, render)]
  }

  /// Renders frames in order. `helpers`: how many workers have nothing else to do now; `output` takes each frame in order,
  /// with how many are rendered at once, and sees to it that its memory comes back to the pool.
  ///
  /// Throws what rendering the first frame that fails or `output` throws, when all that are under way have ended.
  func render(
    _ frames: Range<Int>, helpers: () -> Int, output: (_ frame: FrameMemory, _ team: Int) throws -> Void
  ) throws {
    var flying: [Member] = []
    defer { for member in flying { try? pool.giveBack(member.result().get()) } }
    var next = frames.lowerBound
    /// Whether frame `next` may be rendered beside those before it; nil until it was asked.
    var joins: Bool?
    func startWhatMay() {
      while next < frames.upperBound {
        let helpers = helpers()
        joins = joins ?? announce(next, after: next > frames.lowerBound ? next - 1 : nil)
        guard flying.isEmpty ? helpers > 0 : joins == true && flying.count <= helpers, let member = free() else {
          return
        }
        guard let memory = flying.isEmpty ? pool.take() : pool.takeIfFree() else {
          idle.append(member)
          return
        }
        member.start(next, memory)
        flying.append(member)
        next += 1
        joins = nil
      }
    }
    while next < frames.upperBound || !flying.isEmpty {
      startWhatMay()
      let team = max(1, flying.count)
      let frame: FrameMemory
      if flying.isEmpty {
        guard let member = free() else { preconditionFailure("nobody is free, and nobody is busy") }
        idle.append(member)
        frame = try member.renderHere(next, pool.take())
        next += 1
        joins = nil
      } else {
        let member = flying.removeFirst()
        idle.append(member)
        frame = try member.result().get()
      }
      try output(frame, team)
    }
  }

  private func announce(_ frame: Int, after previous: Int?) -> Bool {
    (source as? any SharedFrameSource)?.announce(frame, after: previous) ?? false
  }

  private func free() -> Member? {
    if let member = idle.popLast() { return member }
    return (source as? any SharedFrameSource).map { Member($0.makeColleague(), render) }
  }

  /// Renders one frame at a time, on a thread of its own or on the caller's.
  ///
  /// SAFETY: the source is used by the thread from `start` until `result` has waited for it, else by the owner.
  private final class Member: @unchecked Sendable {
    private enum Order: Sendable {
      case none, render(Int, FrameMemory), stop
      case done(Result<FrameMemory, any Error>)

      /// What the thread has to do; nil while it has to wait.
      var call: Order? {
        switch self {
        case .none, .done: nil
        case .render, .stop: self
        }
      }
    }

    /// The encoders go first: a team has what they leave of the cores. Else frames wait for an encoder, and then the team
    /// for memory, while a core has nothing to do.
    private static let niceness: Int32 = 5

    private let source: any ClipFrameSource
    private let render: Render
    private let order = Monitor(Order.none)
    private var thread: WorkerThread?

    init(_ source: any ClipFrameSource, _ render: @escaping Render) {
      self.source = source
      self.render = render
    }

    deinit {
      order.change { $0 = .stop }
      thread?.join()
    }

    /// Gives the memory back, filled.
    func renderHere(_ frame: Int, _ memory: FrameMemory) throws -> FrameMemory {
      try render(frame, source, memory)
      return memory
    }

    func start(_ frame: Int, _ memory: FrameMemory) {
      order.change { $0 = .render(frame, memory) }
      guard thread == nil else { return }
      do {
        thread = try WorkerThread(niceness: Self.niceness) { [unowned self, order] in
          while case .render(let frame, let memory) = order.wait({ $0.call }) {
            let result = Result { try renderHere(frame, memory) }
            order.change { $0 = .done(result) }
          }
        }
      } catch {
        // The system gives no more threads: it takes longer, and is the same.
        order.change { $0 = .done(Result { try renderHere(frame, memory) }) }
      }
    }

    /// Waits for the frame that was started.
    func result() -> Result<FrameMemory, any Error> {
      order.wait { order in
        guard case .done(let result) = order else { return nil }
        return result
      }
    }
  }
}
