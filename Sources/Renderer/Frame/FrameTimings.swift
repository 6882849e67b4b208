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
  enum Stage: Hashable {
    case cells(Int), layer(Int), step(Int), output
  }

  private(set) var nanoseconds: [Stage: Int] = [:]

  var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  func add(_ stage: Stage, since start: Int) { nanoseconds[stage, default: 0] += now - start }
}
