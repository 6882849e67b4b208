import SceneLang
import Testing

@testable import Renderer

struct CellPatternTests {
  private let faces = FaceLibrary()

  /// Bayer's matrix by its recursion: 4 · M at half the place, plus 0 2 / 3 1.
  private func threshold(_ x: Int, _ y: Int) -> Double {
    func order(_ x: Int, _ y: Int) -> Int { [[0, 2], [3, 1]][y][x] }
    return (Double(4 * order(x % 2, y % 2) + order(x / 2 % 2, y / 2 % 2)) + 0.5) / 16
  }

  /// The characters that a field of u and v is drawn with, and the grid.
  private func characters(
    _ field: String, palette: String
  ) throws -> (geometry: GridGeometry, rows: [[Unicode.Scalar]]) {
    let graph = compiledScene("{field: \"\(field)\", palette: \(palette), grid: xl}")
    let segment = graph.segments[0]
    let layer = segment.layers[0]
    guard case .field(let node) = layer.source else { fatalError("no field") }
    let geometry = GridGeometry(grid: layer.grid, format: graph.format, faces: faces)
    let atlas = GlyphAtlas.make(
      characters: layer.palette.characters, grid: layer.grid, geometry: geometry, stretch: 1, faces: faces)
    let choice = GlyphChoice(
      field: node, layer: layer, segment: segment, geometry: geometry, atlas: atlas, simulations: nil,
      kernels: KernelSet(.best))
    let patterns = try #require(choice.chooser())
    patterns.begin(graph.context(segment: 0, frame: 0), isSteady: true)
    let values = [Float](repeating: 1, count: geometry.columns)
    let written = Dictionary(uniqueKeysWithValues: atlas.glyphs.map { (UInt16($1), $0) })
    var row = [UInt16](repeating: 0, count: geometry.columns)
    return (
      geometry,
      (0..<geometry.rows).map { index in
        _ = patterns.place(row: index, values, into: &row)
        return row.map { $0 == 0 ? " " : written[$0]! }
      }
    )
  }

  @Test(
    arguments: [
      ("halves", 1, 2), ("quadrants", 2, 2), ("sextants", 2, 3), ("octants", 2, 4), ("braille_dots", 2, 4),
    ])
  func thePatternIsTheFieldInFinerCells(_ palette: String, _ across: Int, _ down: Int) throws {
    let (geometry, rows) = try characters("0.7 * u + 0.3 * v", palette: palette)
    let set = BuiltinPalettes.all.first { $0.declaration.name == palette }!.palette.characters
    #expect(set.count == 1 << (across * down) && Set(set).count == set.count)
    for (row, line) in rows.enumerated() {
      for (column, character) in line.enumerated() {
        let bits = set.firstIndex(of: character)!
        for place in 0..<across * down {
          let (x, y) = (column * across + place % across, row * down + place / across)
          let u = (Double(x) + 0.5) / Double(geometry.columns * across)
          let v = (Double(y) + 0.5) / Double(geometry.rows * down)
          let value = 0.7 * u + 0.3 * v
          if abs(value - threshold(x, y)) < 1e-5 { continue }
          #expect((bits >> place & 1 == 1) == (value > threshold(x, y)), "\(palette) \(column) \(row) \(place)")
        }
      }
    }
  }

  @Test func nothingIsBlankAndFullIsSolid() throws {
    for palette in ["halves", "quadrants", "sextants", "octants"] {
      #expect(try characters("0", palette: palette).rows.joined().allSatisfy { $0 == " " })
      #expect(try characters("1", palette: palette).rows.joined().allSatisfy { $0 == "█" })
    }
  }

  /// A field sees the grid of its layer, however finely it is read.
  @Test func finerPlacesKeepTheCoordinatesOfTheScene() {
    let grid = GridGeometry.test(columns: 37, rows: 11)
    let fine = GridGeometry(grid, columnsPerCell: 2, rowsPerCell: 4)
    #expect(fine.columns == 74 && fine.rows == 44)
    for column in [0, 5, 36] {
      #expect(abs((fine.x(column: 2 * column) + fine.x(column: 2 * column + 1)) / 2 - grid.x(column: column)) < 1e-12)
      #expect(fine.col(column: 2 * column) == Double(column) - 0.25 && grid.col(column: column) == Double(column))
    }
    #expect(fine.row(row: 4 * 7) == 7 - 0.375 && fine.row(row: 4 * 7 + 3) == 7 + 0.375)
    #expect(abs(fine.v(row: 0) - 0.5 / 44) < 1e-12 && abs(fine.u(column: 73) - 73.5 / 74) < 1e-12)
  }

  @Test func countsAndCellsAreThoseOfTheLayer() throws {
    // cols · cell is the width of the picture: 480 / 270, less what cells leave over.
    let (_, rows) = try characters(
      "if(cols * 1cell > 1.7 and cols < 200 and row == floor(row + 0.5), 0, 1)", palette: "quadrants")
    #expect(rows.joined().allSatisfy { $0 == "█" })
    let (_, counts) = try characters("if(cols * 1cell > 1.7 and cols < 200, 1, 0)", palette: "quadrants")
    #expect(counts.joined().allSatisfy { $0 == "█" })
  }

  @Test func sextantsOfAPatternAndItsOppositeFillTheCell() {
    for (width, height) in [(6, 13), (10, 19), (24, 49), (5, 7)] {
      for pattern in 1...62 where pattern != 21 && pattern != 42 {
        let parts = [pattern, 63 - pattern].map { pattern in
          DrawnGlyphs.coverage(of: Sextants.character(pattern), face: .bold, width: width, height: height)!.coverage
        }
        #expect(zip(parts[0], parts[1]).allSatisfy { Int($0) + Int($1) == 255 })
      }
    }
    #expect(Sextants.character(1) == "\u{1FB00}" && Sextants.character(62) == "\u{1FB3B}")
    #expect(Sextants.character(22) == "\u{1FB14}" && Sextants.character(43) == "\u{1FB28}")
  }

  @Test func octantsOfAPatternAndItsOppositeFillTheCell() {
    #expect(Set((0...255).map(Octants.character)).count == 256)
    for (width, height) in [(6, 13), (10, 19), (24, 49), (5, 7)] {
      for pattern in 1...254 {
        let parts = [pattern, 255 - pattern].map { pattern in
          DrawnGlyphs.coverage(of: Octants.character(pattern), face: .bold, width: width, height: height)!.coverage
        }
        #expect(zip(parts[0], parts[1]).allSatisfy { Int($0) + Int($1) == 255 }, "\(pattern) at \(width)×\(height)")
      }
    }
    // BLOCK OCTANT-3 is the first and BLOCK OCTANT-2345678 the last of their block.
    #expect(Octants.character(0b100) == "\u{1CD00}" && Octants.character(0b1111_1110) == "\u{1CDE5}")
    #expect(Octants.character(0b0000_1111) == "▀" && Octants.character(0b1100_0000) == "▂")
  }

  @Test func dotsOfAPatternRunRowByRow() {
    #expect(Braille.character(0b1) == "⠁" && Braille.character(0b10) == "⠈" && Braille.character(0b100) == "⠂")
    #expect(Braille.character(0b1100_0000) == "⣀" && Braille.character(255) == "⣿")
  }
}
