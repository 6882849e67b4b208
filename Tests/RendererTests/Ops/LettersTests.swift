import SceneLang
import Testing

@testable import Renderer

struct LettersTests {
  /// Columns and rows with anything of a text on a plane of 480 × 270 cells.
  private func extent(
    _ text: String, size: Double, u: Double = 0.5, v: Double = 0.5
  ) throws -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>, plane: SimulationPlane) {
    let setting = SimulationSetting(columns: 480, rows: 270, seed: 0, kernels: KernelSet(.best))
    var letters = Letters(setting)
    let numbers = ["size": size, "u": u, "v": v]
    let arguments = Letters.declaration.parameters.map { parameter -> CallArguments.Value in
      if let number = numbers[parameter.name] { return .number(number) }
      return .word(parameter.name == "text" ? text : parameter.default!)
    }
    letters.advance(CallArguments(Letters.declaration.parameters, arguments), tick: 0)
    let plane = SimulationPlane(.test(columns: 480, rows: 270))
    letters.write(into: plane)
    let rows = (0..<270).filter { row in (0..<480).contains { plane.row(row)[$0] > 0.5 } }
    let columns = (0..<480).filter { column in (0..<270).contains { plane.row($0)[column] > 0.5 } }
    return (
      try #require(columns.first)...(try #require(columns.last)), try #require(rows.first)...(try #require(rows.last)),
      plane
    )
  }

  @Test func aLetterIsAsTallAsItSaysAndInTheMiddle() throws {
    let (columns, rows, plane) = try extent("H", size: 0.6)
    // Capitals have 0.73 of the em, here of 162 cells.
    #expect(abs(rows.count - 118) <= 2)
    #expect(
      abs(rows.lowerBound + rows.upperBound - 269) <= 2 && abs(columns.lowerBound + columns.upperBound - 479) <= 2)
    // Solid in its bar, empty above it.
    #expect(plane.row(135)[240] == 1 && plane.row(rows.lowerBound + 5)[240] == 0)
  }

  @Test func lettersMoveWithTheirPlace() throws {
    let (columns, rows, _) = try extent("H", size: 0.6)
    let (moved, sunk, _) = try extent("H", size: 0.6, u: 0.75, v: 0.25)
    #expect(moved.lowerBound == columns.lowerBound + 120 && abs(rows.lowerBound - sunk.lowerBound - 67) <= 1)
  }

  @Test func aLongLineIsMadeSmaller() throws {
    let (columns, _, _) = try extent("HHHHHHHHHHHHHHHH", size: 0.6)
    #expect(columns.count <= 451 && columns.count >= 420)
  }

  @Test func linesStandBelowEachOtherRoundTheMiddle() throws {
    let (columns, rows, plane) = try extent("HHH\nH", size: 0.3)
    // Two lines 81 cells apart, capitals of 59 cells.
    #expect(abs(rows.count - 140) <= 2 && abs(rows.lowerBound + rows.upperBound - 269) <= 2)
    let (single, _, _) = try extent("HHH", size: 0.3)
    #expect(columns == single)
    // Empty between the lines, and the short one in the middle.
    #expect((0..<480).allSatisfy { plane.row(135)[$0] == 0 })
    let short = (0..<480).filter { plane.row(175)[$0] > 0.5 }
    let (first, last) = (try #require(short.first), try #require(short.last))
    #expect(abs(first + last - 479) <= 2 && last - first < 60)
  }

  @Test func linesThatAreTooHighTogetherAreMadeSmaller() throws {
    let (_, rows, _) = try extent("H\nH\nH\nH\n", size: 0.6)
    // Lines of 0.94 / 4 of 270 cells.
    #expect(abs(rows.count - 237) <= 3 && abs(rows.lowerBound + rows.upperBound - 269) <= 2)
  }

  @Test func changedTextsAreDrawnAnew() {
    let still = hashes(compiledScene("{field: 'letters(\"A\")'}"), frames: [0, 12])
    #expect(still[0] == still[1])
    let moving = hashes(compiledScene("{field: 'letters(\"A\", size=0.3 + 0.1 * t)'}"), frames: [0, 12, 0])
    #expect(moving[0] != moving[1] && moving[0] == moving[2])
  }
}
