import Glibc

/// Where the time of rendered frames went.
public struct FrameTimings: Sendable, Hashable {
  public struct Stage: Sendable, Hashable {
    public var name: String
    public var nanoseconds: Int
  }

  /// In the order of the work.
  public internal(set) var stages: [Stage]
}

/// Adds up the time of each stage. Reading the clock around every row costs a few percent, so it is only made on request.
final class StageClock {
  enum Stage {
    case cells(Int), layer(Int), step(Int), output
  }

  private let layerCount: Int
  /// By `place(of:)`: a dictionary would take as long as a short stage.
  private var nanoseconds: [Int]

  init(layers: Int, steps: Int) {
    layerCount = layers
    nanoseconds = Array(repeating: 0, count: 2 * layers + 1 + steps)
  }

  var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  func add(_ stage: Stage, since start: Int) { nanoseconds[place(of: stage)] += now - start }

  subscript(stage: Stage) -> Int { nanoseconds[place(of: stage)] }

  private func place(of stage: Stage) -> Int {
    switch stage {
    case .cells(let index): index
    case .layer(let index): layerCount + index
    case .output: 2 * layerCount
    case .step(let index): 2 * layerCount + 1 + index
    }
  }
}
