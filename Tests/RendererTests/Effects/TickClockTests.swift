import SceneLang
import Testing

@testable import Renderer

/// States are replayed from the nearest snapshot, and snapshots stay few however long a segment is.
@Suite struct TickClockTests {
  /// A state that is the sum of the ticks it has seen.
  private final class Sum: Ticking {
    private var sum = 0
    private(set) var turns = 0

    func reset() { sum = 0 }
    func advance(_ context: FrameContext, tick: Int) {
      sum += tick
      turns += 1
    }
    var state: any Sendable {
      get { sum }
      set { sum = newValue as! Int }
    }
  }

  private let features = Feature.allCases.map { _ in 0.0 }

  private func clock(_ sum: Sum, _ snapshots: SharedSnapshots, segment: Int = 0) -> TickClock {
    TickClock([sum], segment: segment, snapshots: snapshots) { [features] tick in
      FrameContext(frame: tick, time: 0, timeline: 0, progress: 0, features: features)
    }
  }

  @Test func snapshotsLieEvenlyOverASegmentOfAnyLength() {
    let snapshots = SharedSnapshots()
    let last = 100_000
    clock(Sum(), snapshots).advance(through: last)
    let counts = snapshots.counts(of: 0)
    #expect(counts.count > SharedSnapshots.most / 2 - 1 && counts.count <= SharedSnapshots.most)
    let steps = Set(zip(counts, counts.dropFirst()).map { $1 - $0 })
    #expect(steps == [counts[0]] && last - counts[counts.count - 1] < counts[0], "\(counts)")
  }

  @Test(arguments: [95, 96, 97, 5000, 65_535, 99_999])
  func anotherClockGoesOnFromTheNearest(_ tick: Int) {
    let snapshots = SharedSnapshots()
    clock(Sum(), snapshots).advance(through: 100_000)
    let sum = Sum()
    clock(sum, snapshots).advance(through: tick)
    #expect(sum.state as? Int == tick * (tick + 1) / 2)
    #expect(sum.turns < snapshots.counts(of: 0)[0])
  }

  @Test func segmentsShareTheRoom() {
    let snapshots = SharedSnapshots()
    for segment in 0..<3 { clock(Sum(), snapshots, segment: segment).advance(through: 20_000) }
    let counts = (0..<3).map { snapshots.counts(of: $0).count }
    #expect(counts.reduce(0, +) <= SharedSnapshots.most && counts.min()! >= 10, "\(counts)")
    // As many as there are at all: each has one, or some have none.
    for segment in 3..<200 { clock(Sum(), snapshots, segment: segment).advance(through: 100) }
    #expect((0..<200).reduce(0) { $0 + snapshots.counts(of: $1).count } <= SharedSnapshots.most)
    let sum = Sum()
    clock(sum, snapshots, segment: 1).advance(through: 300)
    #expect(sum.state as? Int == 300 * 301 / 2)
  }
}
