/// Renders the frames of one clip, as many at once as workers have nothing else to do, and hands them on in order.
final class FrameTeam {
  /// What one frame becomes: the bytes of each file, allocated for the team's life.
  typealias Buffers = [UnsafeMutableRawBufferPointer]
  typealias Render = @Sendable (_ frame: Int, any ClipFrameSource, Buffers) throws -> Void

  private let source: any ClipFrameSource
  private let sizes: [Int]
  private let render: Render
  private var idle: [Member]

  /// `sizes`: bytes of a frame in each of its files; `render` fills them.
  init(_ source: any ClipFrameSource, sizes: [Int], render: @escaping Render) {
    self.source = source
    self.sizes = sizes
    self.render = render
    idle = [Member(source, sizes, render)]
  }

  /// Renders frames in order. `helpers`: how many workers have nothing else to do now; `output` takes each frame in order,
  /// with how many are rendered at once. The buffers of a frame stay as they are until `output` of the next has returned.
  ///
  /// Throws what rendering the first frame that fails or `output` throws, when all that are under way have ended.
  func render(
    _ frames: Range<Int>, helpers: () -> Int, output: (_ frame: Buffers, _ team: Int) throws -> Void
  ) throws {
    var flying: [Member] = []
    defer { for member in flying { _ = member.result() } }
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
        member.start(next)
        flying.append(member)
        next += 1
        joins = nil
      }
    }
    while next < frames.upperBound || !flying.isEmpty {
      startWhatMay()
      let team = max(1, flying.count)
      let member: Member
      if flying.isEmpty {
        guard let free = free() else { preconditionFailure("nobody is free, and nobody is busy") }
        member = free
        idle.append(member)
        try member.renderHere(next)
        next += 1
        joins = nil
      } else {
        member = flying.removeFirst()
        idle.append(member)
        try member.result().get()
      }
      let frame = member.buffers
      // `output` may wait for a busy encoder. A team renders on meanwhile; whoever is alone has nobody to render.
      if team > 1 { startWhatMay() }
      try output(frame, team)
    }
  }

  private func announce(_ frame: Int, after previous: Int?) -> Bool {
    (source as? any SharedFrameSource)?.announce(frame, after: previous) ?? false
  }

  private func free() -> Member? {
    if let member = idle.popLast() { return member }
    return (source as? any SharedFrameSource).map { Member($0.makeColleague(), sizes, render) }
  }

  /// Renders one frame at a time, on a thread of its own or on the caller's.
  ///
  /// SAFETY: source and buffers are used by the thread from `start` until `result` has waited for it, else by the owner.
  private final class Member: @unchecked Sendable {
    private enum Order: Sendable {
      case none, render(Int), stop
      case done(Result<Void, any Error>)

      /// What the thread has to do; nil while it has to wait.
      var call: Order? {
        switch self {
        case .none, .done: nil
        case .render, .stop: self
        }
      }
    }

    /// Pipes take whole pages without copying them.
    private static let page = 4096

    /// Three frames in turn: the one that is rendered, the one that is handed on, and the one before, which is still read.
    private let turns: [Buffers]
    private var turn = 0
    private let source: any ClipFrameSource
    private let render: Render
    private let order = Monitor(Order.none)
    private var thread: WorkerThread?

    init(_ source: any ClipFrameSource, _ sizes: [Int], _ render: @escaping Render) {
      self.source = source
      self.render = render
      turns = (0..<3).map { _ in sizes.map { .allocate(byteCount: $0, alignment: Self.page) } }
    }

    deinit {
      order.change { $0 = .stop }
      thread?.join()
      for buffer in turns.joined() { buffer.deallocate() }
    }

    /// Those of the frame that was begun last.
    var buffers: Buffers { turns[turn] }

    func renderHere(_ frame: Int) throws {
      turn = (turn + 1) % turns.count
      try renderNow(frame)
    }

    private func renderNow(_ frame: Int) throws { try render(frame, source, buffers) }

    func start(_ frame: Int) {
      turn = (turn + 1) % turns.count
      order.change { $0 = .render(frame) }
      guard thread == nil else { return }
      do {
        thread = try WorkerThread { [unowned self, order] in
          while case .render(let frame) = order.wait({ $0.call }) {
            let result = Result { try renderNow(frame) }
            order.change { $0 = .done(result) }
          }
        }
      } catch {
        // The system gives no more threads: it takes longer, and is the same.
        order.change { $0 = .done(Result { try renderNow(frame) }) }
      }
    }

    /// Waits for the frame that was started.
    func result() -> Result<Void, any Error> {
      order.wait { order in
        guard case .done(let result) = order else { return nil }
        return result
      }
    }
  }
}
