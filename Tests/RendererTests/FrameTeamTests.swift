import Glibc
import KernelTable
import SceneLang
import Synchronization
import Testing

@testable import Renderer

private struct Broken: Error {}

/// Writes the frame's number, later for some frames than for others.
private final class NumberSource: SharedFrameSource {
  /// How many are at work at once.
  struct Crowd { var now = 0, most = 0 }
  let crowd: Mutex<Crowd>
  let lead: NumberSource?
  let broken: Int?

  init(broken: Int? = nil, lead: NumberSource? = nil) {
    crowd = Mutex(Crowd())
    (self.broken, self.lead) = (broken, lead)
  }

  private func counted(_ body: () throws -> Void) rethrows {
    let crowd = (lead ?? self)
    crowd.crowd.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
    defer { crowd.crowd.withLock { $0.now -= 1 } }
    try body()
  }

  func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>) throws {
    try counted {
      usleep(frame.isMultiple(of: 3) ? 4000 : 500)
      if frame == broken { throw Broken() }
      yuv[0] = UInt8(frame)
    }
  }
  func renderColors(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) {}
  func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>, colors rgb: UnsafeMutablePointer<UInt8>) {}
  func renderCovered(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) {}

  func makeColleague() -> any SharedFrameSource { NumberSource(broken: broken, lead: lead ?? self) }
  // Frame 10 is to be alone with those after it.
  func announce(_ frame: Int, after previous: Int?) -> Bool { frame != 10 }
}

@Suite struct FrameTeamTests {
  private func frames(_ toy: NumberSource, _ range: Range<Int>, helpers: (Int) -> Int) throws -> (
    numbers: [Int], teams: [Int]
  ) {
    let pool = FramePool(sizes: [1])
    pool.allow(4)
    let team = FrameTeam(toy, pool) { frame, source, memory in
      try source.renderFrame(frame, into: memory.files[0].assumingMemoryBound(to: UInt8.self).baseAddress!)
    }
    var (numbers, teams): ([Int], [Int]) = ([], [])
    try team.render(range, helpers: { helpers(numbers.count) }) { memory, size in
      numbers.append(Int(memory.files[0][0]))
      teams.append(size)
      pool.giveBack(memory)
    }
    return (numbers, teams)
  }

  @Test(arguments: 0...4) func framesComeInOrder(_ helpers: Int) throws {
    let toy = NumberSource()
    let (numbers, teams) = try frames(toy, 3..<40) { _ in helpers }
    #expect(numbers == Array(3..<40))
    #expect(teams.max() == 1 + helpers)
    #expect(toy.crowd.withLock { $0.most } <= 1 + helpers)
  }

  @Test func helpersComeAndGo() throws {
    let (numbers, teams) = try frames(NumberSource(), 0..<60) { $0 < 20 || $0 > 40 ? 0 : 3 }
    #expect(numbers == Array(0..<60))
    #expect(teams.first == 1 && teams.contains(4) && teams.last == 1)
  }

  @Test func whatMayNotBeSharedIsRenderedAlone() throws {
    let (numbers, teams) = try frames(NumberSource(), 0..<20) { _ in 2 }
    #expect(numbers == Array(0..<20))
    // The frame before it is the last of those at work.
    #expect(teams[9] == 1)
  }

  @Test(arguments: [0, 3]) func theFirstFailureEndsIt(_ helpers: Int) {
    var count = 0
    #expect(throws: Broken.self) {
      let (numbers, _) = try frames(NumberSource(broken: 7), 0..<20) {
        count = $0
        return helpers
      }
      Issue.record("rendered \(numbers)")
    }
    #expect(count <= 7)
  }

  // MARK: Scenes

  private static let segments: [String] =
    Feedback.Motion.allCases.map(\.rawValue).map {
      """
      {duration: 1s, feedback: {decay: 0.9, transform: \($0), amount: 0.1, hue_shift: 0.02, opacity: 0.8, blend: screen},
       layers: [{field: plasma}, {particles: boids}], look: [bloom, crt]}
      """
    } + [
      "{duration: 1s, layers: [{field: game_of_life}], look: [grain, glitch_bands: 0.5]}",
      """
      {duration: 0.5s, feedback: rainbow_trails, layers: [field: plasma]},
      {duration: 0.5s, transition: {crossfade: 0.25s}, feedback: trails, layers: [field: vortex]},
      {duration: 0.5s, layers: [{field: spiral, palette: {ramp: " .:-=+#@", hysteresis: 0.1}}]}
      """,
    ]

  @Test(arguments: segments) func aTeamRendersTheSameFrames(_ segments: String) throws {
    let text = "ascii-scene: 1\nvideo: {size: 96x54, fps: 12}\nsegments: [\(segments)]\n"
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let scene = try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))")
    let graph = scene.renderGraph(using: .builtin)
    let size = 96 * 54 * 3 / 2
    for first in [0, 5] {
      var all: [[[UInt8]]] = []
      for helpers in [0, 1, 3] {
        let pool = FramePool(sizes: [size])
        let team = FrameTeam(SceneRenderer(graph: graph, kernels: .best), pool) { frame, source, memory in
          try source.renderFrame(frame, into: memory.files[0].assumingMemoryBound(to: UInt8.self).baseAddress!)
        }
        var frames: [[UInt8]] = []
        try team.render(first..<graph.frameCount, helpers: { helpers }) { memory, _ in
          frames.append([UInt8](memory.files[0]))
          pool.giveBack(memory)
        }
        all.append(frames)
      }
      #expect(all[0].count == graph.frameCount - first && Set(all[0]).count > 1)
      #expect(all[1] == all[0] && all[2] == all[0])
    }
  }
}
