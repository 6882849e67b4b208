import Testing

@testable import Renderer

/// How long clips take together, from what each takes.
@Suite struct ClipCostTests {
  private func makespan(_ costs: [(Double, Double)], workers: Int, cores: Int) -> Double {
    ClipCost.makespan(costs.map { ClipCost(rendering: $0, encoding: $1) }, workers: workers, cores: cores)
  }

  @Test func rendererAndEncoderWorkAtTheSameTime() {
    #expect(makespan([(6, 4)], workers: 1, cores: 2) == 6)
    #expect(makespan([(4, 6)], workers: 1, cores: 2) == 6)
    #expect(makespan([(6, 4)], workers: 1, cores: 1) == 10)
  }

  @Test func twoEncodersTakeHalfTheTime() {
    let run = ClipCost(rendering: 3, encoding: 10, isShared: false, encoders: 2)
    #expect(ClipCost.makespan([run], workers: 1, cores: 8) == 5)
    #expect(ClipCost.makespan([run], workers: 2, cores: 1) == 13)
  }

  @Test func moreWorkThanCoresTakesItsTime() {
    // Twice 6 + 4 seconds on two cores.
    #expect(abs(makespan([(6, 4), (6, 4)], workers: 2, cores: 2) - 10) < 1e-9)
    #expect(makespan([(6, 4), (6, 4)], workers: 2, cores: 4) == 6)
  }

  @Test func theLongestClipComesFirst() {
    #expect(makespan([(1, 0), (1, 0), (4, 0), (2, 0)], workers: 2, cores: 8) == 4)
    #expect(makespan([], workers: 1, cores: 1) == 0)
  }

  @Test func longVideosAreToldByTheStatedRule() {
    // 0.18 s for each of 24 frames a second: 2000 s with 2 workers take 4320 s.
    #expect(QualitySettings.isLong(2000, workers: 2) && !QualitySettings.isLong(1600, workers: 2))
    #expect(!QualitySettings.isLong(2000, workers: 4))
  }
}
