import SceneLang
import Testing

@testable import Renderer

@Suite struct HysteresisTests {
  private func graph(_ keys: String, field: String = "u + 0.03 * sin(60 * t + 40 * u)") -> RenderGraph {
    compiledScene(
      "{field: \(field), grid: xl, palette: {ramp: dense\(keys)}, color: \"#ffffff\", brightness: 1}", duration: "30s")
  }

  @Test func cellsFollowOnlyWhatMovesFar() {
    let held = HeldValues(threshold: 0.1, columns: 3, rows: 1)
    func take(_ frame: Int, _ values: [Float]) -> [Float] {
      held.begin(frame)
      return values.withUnsafeBufferPointer { fresh in
        let shown = held.take(row: 0, fresh.baseAddress!, count: 3)
        return (0..<3).map { shown[$0] }
      }
    }
    #expect(take(0, [0, 0.5, 1]) == [0, 0.5, 1])
    #expect(take(1, [0.09, 0.41, 0.8]) == [0, 0.5, 0.8])
    #expect(take(2, [0.11, 0.45, 0.85]) == [0.11, 0.5, 0.8])
    #expect(held.missing(before: 3).isEmpty && held.missing(before: 5) == 3..<5 && held.missing(before: 1) == 0..<1)
    // An earlier frame starts anew.
    #expect(take(0, [0.1, 0.6, 1]) == [0.1, 0.6, 1])
  }

  @Test func whatStandsStillDoesNotFlicker() {
    let frames = Array(4..<20)
    #expect(Set(hashes(graph(""), frames: frames)).count > 12)
    #expect(Set(hashes(graph(", hysteresis: 0.08"), frames: frames)).count == 1)
  }

  @Test func aFrameDependsOnNoOrder() {
    let graph = graph(", hysteresis: 0.02", field: "0.5 + 0.4 * sin(t + 6 * u) + 0.02 * sin(50 * t)")
    let all = hashes(graph, frames: Array(0..<40))
    #expect(hashes(graph, frames: [39]) == [all[39]])
    #expect(hashes(graph, frames: [30, 7, 8, 9, 2, 38]) == [30, 7, 8, 9, 2, 38].map { all[$0] })
  }

  @Test func aSegmentWithItIsOneRun() {
    func runs(_ keys: String) -> Int {
      ClipRun.all(ClipPlan(graph(keys), shared: [], features: ContentHash(high: 0, low: 0)).clips).count
    }
    #expect(runs("") > 1 && runs(", hysteresis: 0.05") == 1)
  }
}
