import SceneLang
import Synchronization

/// Something with a state that grows tick by tick.
protocol Ticking: AnyObject {
  func reset()
  func advance(_ context: FrameContext, tick: Int)
  /// A value: reading it takes a snapshot.
  var state: any Sendable { get set }
}

/// Brings all states of a segment to the tick of a frame, whatever frame was shown before: from where they stand, from the
/// nearest snapshot, or from the segment's start. Nothing is drawn on the way.
final class TickClock {
  /// Ticks between snapshots: four seconds.
  static let snapshotInterval = 96

  /// In the order in which they advance: what reads others comes after them.
  private let members: [any Ticking]
  private let contexts: (Int) -> FrameContext
  private let snapshots: SharedSnapshots
  private let segment: Int
  /// Ticks that the states have seen.
  private var count = 0

  /// `contexts` gives what the nodes read at a tick of the segment; `segment` tells segments apart in `snapshots`.
  init(
    _ members: [any Ticking], segment: Int, snapshots: SharedSnapshots, contexts: @escaping (Int) -> FrameContext
  ) {
    self.members = members
    self.segment = segment
    self.snapshots = snapshots
    self.contexts = contexts
  }

  func advance(through tick: Int) {
    guard !members.isEmpty else { return }
    let wanted = tick + 1
    if count > wanted {
      for member in members { member.reset() }
      count = 0
    }
    if let (reached, states) = snapshots.latest(of: segment, from: count + 1, through: wanted) {
      for (member, state) in zip(members, states) { member.state = state }
      count = reached
    }
    while count < wanted {
      let context = contexts(count)
      for member in members { member.advance(context, tick: count) }
      count += 1
      if count % Self.snapshotInterval == 0 { snapshots.keep(members.map(\.state), of: segment, after: count) }
    }
  }
}

/// Snapshots of a scene's states, shared by its workers, so that a clip need not start at the segment's first tick.
public final class SharedSnapshots: Sendable {
  /// Enough for four minutes; beyond them states are replayed from the last one. The largest state takes half a megabyte.
  private static let most = 64

  private let kept = Mutex<[Int: [Int: [any Sendable]]]>([:])

  public init() {}

  fileprivate func latest(of segment: Int, from: Int, through: Int) -> (count: Int, states: [any Sendable])? {
    kept.withLock { kept in
      guard let count = kept[segment]?.keys.filter({ (from...max(from, through)).contains($0) && $0 <= through }).max()
      else { return nil }
      return (count, kept[segment]![count]!)
    }
  }

  fileprivate func keep(_ states: [any Sendable], of segment: Int, after count: Int) {
    kept.withLock { kept in
      if kept.reduce(0, { $0 + $1.value.count }) < Self.most { kept[segment, default: [:]][count] = states }
    }
  }
}

extension FrameRate {
  /// Ticks of states a second.
  static let ticksPerSecond = 24

  /// The last tick at or before a frame, both counted from the segment's start.
  func tick(ofFrame frame: Int) -> Int { frame * Self.ticksPerSecond * denominator / numerator }

  /// Seconds from that tick to the frame.
  func secondsSinceTick(ofFrame frame: Int) -> Double {
    let rest = frame * Self.ticksPerSecond * denominator % numerator
    return Double(rest) / Double(numerator * Self.ticksPerSecond)
  }
}
