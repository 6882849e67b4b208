import SceneLang
import Testing

@testable import Renderer

/// The ways in which a palette chooses glyphs beside its ramp.
@Suite struct GlyphChoiceTests {
  private let faces = FaceLibrary()

  /// The characters that a field is drawn with, and what they were chosen from.
  private func drawn(
    _ field: String, palette: String, grid: String = "xl", size: String = "480x270", kernels: KernelLevel = .best
  ) throws -> (geometry: GridGeometry, atlas: GlyphAtlas, layer: Layer, rows: [[Unicode.Scalar]]) {
    let graph = compiledScene("{field: \"\(field)\", palette: \(palette), grid: \(grid)}", size: size)
    let layer = graph.segments[0].layers[0]
    let geometry = GridGeometry(grid: layer.grid, format: graph.format, faces: faces)
    let assets = SegmentAssets(graph.segments[0], format: graph.format, faces: faces).layers[0]
    let cells = FrameLayer(
      layer, in: graph.segments[0], assets: assets, simulations: nil, width: graph.format.width,
      height: graph.format.height, kernels: KernelSet(kernels))
    cells.fill(graph.context(segment: 0, frame: 0), opacity: 1)
    let written = Dictionary(assets.atlas.glyphs.map { (UInt16($1), $0) }, uniquingKeysWith: min)
    let rows = (0..<geometry.rows).map { row in
      (0..<geometry.columns).map { written[cells.cells.glyphs(row)[$0]] ?? " " }
    }
    return (geometry, assets.atlas, layer, rows)
  }

  /// Mean coverage of a part of 2 × 3 of a glyph, pixel by pixel.
  private func coverage(_ glyph: Int, _ part: Int, _ atlas: GlyphAtlas) -> Double {
    let middle = Int((Double(atlas.cellWidth) / 2 + 0.5).rounded(.down))
    let lines = (0...3).map { Int((Double(atlas.cellHeight * $0) / 3 + 0.5).rounded(.down)) }
    let columns = part % 2 == 0 ? 0..<middle : middle..<atlas.cellWidth
    let rows = lines[part / 2]..<lines[part / 2 + 1]
    return atlas.withCoverage { bytes in
      rows.flatMap { row in
        columns.map { Double(bytes[(glyph * atlas.cellHeight + row) * atlas.rowStride + $0]) / 255 }
      }
      .reduce(0, +) / Double(columns.count * rows.count)
    }
  }

  /// Against a search in Double over all glyphs: what is taken is as near as the nearest, to 1e-4 of the squared distance.
  @Test func coverageTakesTheGlyphOfTheFormOfTheField() throws {
    let (geometry, atlas, layer, rows) = try drawn(
      "0.5 + 0.5 * sin(40 * u + 25 * v)", palette: "{chars: \".'-_:|/O8@#\", match: coverage, gamma: 0.7}")
    let characters = layer.palette.characters
    let inks = Set(characters.map { atlas.ink[atlas.glyphs[$0]!] }).sorted()
    func ink(_ value: Double) -> Double {
      let place = value * Double(inks.count - 1)
      let below = min(Int(place), inks.count - 2)
      return inks[below] + (inks[below + 1] - inks[below]) * (place - Double(below))
    }
    let forms = Dictionary(
      uniqueKeysWithValues: characters.map { character in
        (character, (0..<6).map { coverage(atlas.glyphs[character]!, $0, atlas) })
      })
    for row in stride(from: 0, to: geometry.rows, by: 5) {
      for column in stride(from: 0, to: geometry.columns, by: 3) {
        let wanted = (0..<6).map { part in
          let u = (Double(2 * column + part % 2) + 0.5) / Double(2 * geometry.columns)
          let v = (Double(3 * row + part / 2) + 0.5) / Double(3 * geometry.rows)
          return ink(ScalarMath.pow(0.5 + 0.5 * ScalarMath.sin(40 * u + 25 * v), 0.7))
        }
        func distance(_ form: [Double]) -> Double { zip(form, wanted).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) }
        let best = forms.values.map(distance).min()!
        #expect(distance(forms[rows[row][column]]!) <= best + 1e-4, "\(column) \(row) \(rows[row][column])")
      }
    }
    // Parts of a cell matter: `'` has the upper half, `_` the lower.
    let (_, _, _, halves) = try drawn(
      "if(fract(row + 0.5) < 0.5, 1, 0)", palette: "{chars: \"'_\", match: coverage}")
    #expect(Set(halves.joined()) == ["'"])
  }

  @Test func coverageIsTheSameOnAllKernels() throws {
    let field = "0.5 + 0.5 * sin(40 * u + 25 * v)"
    let best = try drawn(field, palette: "{ramp: ascii, match: coverage}").rows
    #expect(try drawn(field, palette: "{ramp: ascii, match: coverage}", kernels: .baseline).rows == best)
  }

  @Test func edgesHaveTheGlyphAlongThem() throws {
    for (field, expected) in [
      ("if(u < 0.5, 1, 0)", "│"), ("if(v < 0.5, 1, 0)", "─"), ("if(x + 0.5 * y < 0, 1, 0)", "╱"),
      ("if(x - 0.5 * y < 0, 1, 0)", "╲"),
    ] as [(String, Unicode.Scalar)] {
      let (_, _, _, rows) = try drawn(field, palette: "{chars: \"#\", edges: {palette: lines, above: 0.5}}")
      let inner = rows.dropFirst(2).dropLast(2).flatMap { $0 }
      let lines = inner.filter { "─╲│╱".unicodeScalars.contains($0) }
      #expect(lines.count >= rows.count - 4, "\(field)")
      // A slanted edge of whole cells has upright and level pieces, but most of it runs as it should.
      #expect(lines.count { $0 == expected } * 2 > lines.count, "\(field) \(lines.map(String.init).joined())")
      // One cell wide.
      if expected == "│" { #expect(rows.allSatisfy { row in row.count { $0 == expected } == 1 }) }
      if expected == "─" { #expect(rows.count { $0.contains(expected) } == 1) }
    }
    // A slope that is too gentle is none.
    let (_, _, _, gentle) = try drawn("u", palette: "{chars: \"#\", edges: {palette: lines, above: 0.15}}")
    #expect(!gentle.joined().contains("│"))
  }

  /// Cells that overflow the picture read nothing of an image: no edge is drawn along its border.
  @Test(arguments: ["xs", "sm", "md", "lg"], ["960x540", "1280x720", "1920x1080", "540x960"])
  func theBorderOfThePictureIsNoEdge(grid: String, size: String) throws {
    let sides = size.split(separator: "x").compactMap { Double($0) }
    let (halfWidth, halfHeight) = (sides[0] / min(sides[0], sides[1]) / 2, sides[1] / min(sides[0], sides[1]) / 2)
    // What a gray image is: a level in the picture, 0 beside it.
    let gray = "if(abs(x) <= \(halfWidth), if(abs(y) <= \(halfHeight), 0.7, 0), 0)"
    let palette = "{chars: \"#\", edges: {palette: lines}}"
    let (_, _, _, rows) = try drawn(gray, palette: palette, grid: grid, size: size)
    #expect(!rows.joined().contains { "─╲│╱".unicodeScalars.contains($0) })
    // One within the picture still is.
    let (_, _, _, halves) = try drawn("if(x < 0, 1, 0)", palette: palette, grid: grid, size: size)
    #expect(halves.joined().contains("│"))
  }

  /// The glyph at round(n · direction / π) mod n of the characters as written, where there is a value.
  @Test func aDirectionTakesTheLineAlongIt() throws {
    for (palette, characters) in [("\"─╲│╱\"", "─╲│╱"), ("\"/-_\"", "/-_")] {
      let (geometry, _, _, rows) = try drawn(
        "if(u < 0.1, 0, 0.5)", palette: "{chars: \(palette), direction: 9 * u - 4}")
      let lines = Array(characters.unicodeScalars)
      for (column, character) in rows[4].enumerated() {
        let u = (Double(column) + 0.5) / Double(geometry.columns)
        let step = Int((Double(lines.count) * (9 * u - 4) / .pi).rounded())
        let expected = lines[((step % lines.count) + lines.count) % lines.count]
        #expect(character == (u < 0.1 ? " " : expected), "\(column)")
      }
    }
    // Angles say their unit, and a quarter turn is upright.
    let (_, _, _, upright) = try drawn("1", palette: "{chars: \"─╲│╱\", direction: 90deg}")
    #expect(Set(upright.joined()) == ["│"])
    // So large that no turn of it is known.
    let (_, _, _, far) = try drawn("1", palette: "{chars: \"─╲│╱\", direction: 1e30 * (u + 0.1)}")
    #expect(Set(far.joined()) == ["─"])
  }

  @Test func directionsAreThoseOfTheInk() throws {
    let characters = Array("─╲│╱+".unicodeScalars)
    let grid = Grid(fontSize: 24, face: .bold)
    let geometry = GridGeometry(
      columns: 10, rows: 10, cellWidth: 14, cellHeight: 28, originX: 0, originY: 0, cellWidthShare: 0.1,
      cellHeightShare: 0.1)
    let atlas = GlyphAtlas.make(characters: characters, grid: grid, geometry: geometry, stretch: 1, faces: faces)
    let directions = GlyphDirections(characters.map { atlas.glyphs[$0]! }, atlas: atlas)
    for (x, y, expected) in [
      (1, 0, "─"), (-1, 0.1, "─"), (0, 1, "│"), (0.1, -1, "│"), (1, 1.5, "╲"), (-1, -1.5, "╲"), (1, -1.5, "╱"),
    ] as [(Float, Float, Unicode.Scalar)] {
      #expect(directions.glyph(along: x, y) == UInt16(atlas.glyphs[expected]!), "\(x) \(y)")
    }
  }

  @Test func thresholdsSayWhereEachCharacterBegins() throws {
    let (geometry, _, _, rows) = try drawn("u", palette: "{chars: \".#:\", thresholds: [0.2, 0.5, 0.9]}")
    for (column, character) in rows[3].enumerated() {
      let u = (Double(column) + 0.5) / Double(geometry.columns)
      if [0.2, 0.5, 0.9].contains(where: { abs($0 - u) < 0.001 }) { continue }
      #expect(character == (u < 0.2 ? " " : u < 0.5 ? "." : u < 0.9 ? "#" : ":"), "\(u)")
    }
  }

  @Test func aTextFillsTheGridAndLotsAreSpreadEvenly() throws {
    let (geometry, _, _, rows) = try drawn("if(u < 0.5, 1, 0)", palette: "{chars: \"abc\", match: fixed}")
    for (index, row) in rows.enumerated() {
      for (column, character) in row.enumerated() {
        let written = Array("abc".unicodeScalars)[(index * geometry.columns + column) % 3]
        #expect(character == (Double(column) + 0.5 < Double(geometry.columns) / 2 ? written : " "))
      }
    }
    let lots = try drawn("1", palette: "{chars: \"abc\", match: random}").rows.joined()
    for character in "abc".unicodeScalars {
      #expect(abs(Double(lots.count { $0 == character }) / Double(lots.count) - 1.0 / 3) < 0.03)
    }
    let dim = try drawn("0.02", palette: "{chars: \"abc\", match: random}").rows.joined()
    #expect(dim.allSatisfy { $0 == " " })
  }

  /// What holds its values holds them at the finer places too.
  @Test func heldFormsStandStill() throws {
    func graph(_ hysteresis: String) -> RenderGraph {
      compiledScene(
        "{field: u + 0.03 * sin(60 * t + 40 * u), grid: xl, color: \"#ffffff\", brightness: 1,"
          + " palette: {ramp: dense, match: coverage, edges: {palette: lines}\(hysteresis)}}", duration: "30s")
    }
    let frames = Array(4..<12)
    #expect(Set(hashes(graph(""), frames: frames)).count > 6)
    #expect(Set(hashes(graph(", hysteresis: 0.08"), frames: frames)).count == 1)
  }
}
