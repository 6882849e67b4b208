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
///
/// Their number is bounded: where a segment is so long that they would be too many, every second one goes and the others
/// come half as often, so that they always lie evenly over all of it.
public final class SharedSnapshots: Sendable {
  /// Of all segments. The largest state takes half a megabyte.
  static let most = 64

  private struct Track {
    var interval = TickClock.snapshotInterval
    var states: [Int: [any Sendable]] = [:]
  }

  private let tracks = Mutex<[Int: Track]>([:])

  public init() {}

  /// How many ticks each kept state of a segment has seen, in order.
  func counts(of segment: Int) -> [Int] { tracks.withLock { $0[segment]?.states.keys.sorted() ?? [] } }

  fileprivate func latest(of segment: Int, from: Int, through: Int) -> (count: Int, states: [any Sendable])? {
    tracks.withLock { tracks in
      guard let states = tracks[segment]?.states, let count = states.keys.filter({ from <= $0 && $0 <= through }).max()
      else { return nil }
      return (count, states[count]!)
    }
  }

  fileprivate func keep(_ states: [any Sendable], of segment: Int, after count: Int) {
    tracks.withLock { tracks in
      guard count.isMultiple(of: tracks[segment, default: Track()].interval) else { return }
      tracks[segment, default: Track()].states[count] = states
      while tracks.values.reduce(0, { $0 + $1.states.count }) > Self.most {
        let fullest = tracks.max { ($0.value.states.count, $1.key) < ($1.value.states.count, $0.key) }!.key
        tracks[fullest]!.interval *= 2
        tracks[fullest]!.states = tracks[fullest]!.states.filter { $0.key.isMultiple(of: tracks[fullest]!.interval) }
      }
    }
  }
}

extension FrameRate {
  /// The last tick at or before a frame, both counted from the segment's start.
  func tick(ofFrame frame: Int) -> Int { frame * Self.ticksPerSecond * denominator / numerator }

  /// Seconds from that tick to the frame.
  func secondsSinceTick(ofFrame frame: Int) -> Double {
    let rest = frame * Self.ticksPerSecond * denominator % numerator
    return Double(rest) / Double(numerator * Self.ticksPerSecond)
  }
}
