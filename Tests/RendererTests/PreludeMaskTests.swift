import SceneLang
import Testing

@testable import Renderer

/// The masks of the prelude against their formulas (CATALOGUE 1.12).
struct PreludeMaskTests {
  /// The values of a mask in a segment of 8 s at some moments, and the grid.
  private func values(_ call: String, at seconds: [Double] = [0]) throws -> (GridGeometry, [[Float]]) {
    let scene = try PreludeScene([call])
    let frames = seconds.map { scene.graph.context(segment: 0, frame: Int($0 * 24)) }
    return try scene.values(of: call, contexts: frames)
  }

  @Test func aWipeIsClosedThenHalfOpenThenOpen() throws {
    for direction in [0, 90, 180, 37] {
      let (geometry, frames) = try values("wipe(0s, 4s, direction=\(direction)deg)", at: [0, 2, 4])
      #expect(frames[0].allSatisfy { $0 == 0 } && frames[2].allSatisfy { $0 == 1 })
      let mean = frames[1].reduce(0, +) / Float(frames[1].count)
      #expect(abs(mean - 0.5) < 0.01)
      let first = frames[1][0] + frames[1][geometry.columns - 1]
      // The side that the edge comes from shows first.
      if direction == 0 { #expect(frames[1][0] == 1 && first == 1) }
      if direction == 180 { #expect(frames[1][0] == 0 && first == 1) }
    }
  }

  @Test func dissolvingFillsEvenlyAndNeverTakesBack() throws {
    let (_, frames) = try values("dissolve(0s, 4s)", at: [0, 1, 2, 3, 4])
    for (step, frame) in frames.enumerated() {
      #expect(frame.allSatisfy { $0 == 0 || $0 == 1 })
      #expect(abs(frame.reduce(0, +) / Float(frame.count) - Float(step) / 4) < 0.02)
    }
    for (early, late) in zip(frames, frames.dropFirst()) { #expect(zip(early, late).allSatisfy { $0 <= $1 }) }
    #expect(try values("dissolve(0s, 4s, seed=7)", at: [2]).1[0] != frames[2])
  }

  @Test func aFieldIsCutAtItsLevel() throws {
    let (geometry, frames) = try values("from_field(u, level=0.4, feather=0.1)")
    for column in 0..<geometry.columns {
      let u = (Double(column) + 0.5) / Double(geometry.columns)
      #expect(abs(Double(frames[0][column]) - min(max(0.5 + (u - 0.4) / 0.2, 0), 1)) < 1e-5)
    }
  }

  @Test func gradientsRunFromStartToEnd() throws {
    let (geometry, across) = try values("gradient_h(0.2, 0.8)")
    let down = try values("gradient_v(1, 0)").1[0]
    let radial = try values("gradient_radial(0.1, 0.5)").1[0]
    let columns = geometry.columns
    for row in 0..<geometry.rows {
      let v = (Double(row) + 0.5) / Double(geometry.rows)
      #expect(abs(Double(down[row * columns]) - (1 - v)) < 1e-5)
      for column in stride(from: 0, to: columns, by: 7) {
        let u = (Double(column) + 0.5) / Double(columns)
        #expect(abs(Double(across[0][row * columns + column]) - (0.2 + 0.6 * u)) < 1e-5)
        let (x, y) = (geometry.x(column: column), geometry.y(row: row))
        let expected = min(max((0.5 - (x * x + y * y).squareRoot()) / 0.4, 0), 1)
        #expect(abs(Double(radial[row * columns + column]) - expected) < 1e-4)
      }
    }
  }

  @Test func selectMixesByItsMask() throws {
    #expect(try values("select(u, 0.75, 0.25)").1[0][0] < 0.26)
    #expect(try values("select(1, 0.75, v)").1[0].allSatisfy { $0 == 0.75 })
  }
}
