import SceneLang

/// Letterforms as a field: a text drawn from the outlines of the face at any size, 1 inside (CATALOGUE X-4). It masks,
/// burns, grows and glows as any other field. A plane of values like those of simulations, filled anew when it changes.
struct Letters: SimulationOp {
  static let declaration = OpDeclaration(
    .field, "letters", aliases: ["big_text", "text", "text_block"], "Letterforms of any size, 1 inside and 0 outside.",
    parameters: [
      ParameterDeclaration("text", .text, default: "ASCII", rate: .constant, "One line, or several below each other."),
      ParameterDeclaration(
        "size", default: "0.4", in: 0.01...4, .length,
        "Height of a line; smaller where a line would be wider than 0.94 of the picture, or several higher."),
      ParameterDeclaration("u", default: "0.5", in: -1...2, "The middle of the text, across the picture."),
      ParameterDeclaration("v", default: "0.5", in: -1...2, "The middle of the text, down the picture."),
      .simulationGrid("xs", finest: [SimulationOps.pixels]),
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "xs", "palette": "ascii", "color": "daybreak(0.35 + 0.5 * value)", "wash": "0.4"],
    example: #"letters("HELLO", size=0.5 + 0.05 * sin(t))"#)

  static let isTorus = false

  private struct Line: Equatable {
    var text = ""
    var size = 0.0
    var u = 0.0
    var v = 0.0
  }

  private let setting: SimulationSetting
  private var line = Line()
  /// 0…1 per cell, row by row.
  private var coverage: [Float] = []

  init(_ setting: SimulationSetting) { self.setting = setting }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    let now = Line(
      text: arguments.word("text"), size: arguments.number("size"), u: arguments.number("u"), v: arguments.number("v"))
    guard now != line || coverage.isEmpty else { return }
    line = now
    draw()
  }

  func write(into plane: SimulationPlane) {
    guard !coverage.isEmpty else { return }
    for row in 0..<plane.rows {
      coverage.withUnsafeBufferPointer {
        plane.row(row).update(from: $0.baseAddress! + row * plane.columns, count: plane.columns)
      }
    }
  }

  /// Every letter in its place of a plane of square cells. Lines are an em apart, the middle of them all is at `v`.
  private mutating func draw() {
    let (columns, rows) = (setting.columns, setting.rows)
    coverage = Array(repeating: 0, count: columns * rows)
    let faces = FaceLibrary()
    let face = faces.primary(.bold)
    let lines = TextLayout.wrap(line.text, width: .max)
    guard let longest = lines.map(\.count).max(), let advance = face.advance(of: "M") else { return }
    // In font units, then in cells: the em is the height of a line.
    let shorter = Double(min(columns, rows))
    let natural = line.size * shorter / Double(face.unitsPerEm)
    var scale = min(natural, 0.94 * Double(columns) / (Double(longest) * Double(advance)))
    if lines.count > 1 {
      scale = min(scale, 0.94 * Double(rows) / (Double(lines.count) * Double(face.unitsPerEm)))
    }
    let height = Double(face.unitsPerEm) * scale
    for (index, letters) in lines.enumerated() {
      let middle = line.v * Double(rows) + (Double(index) - Double(lines.count - 1) / 2) * height
      // Capitals of the face are 0.73 of the em high: their middle is that of the line.
      let base = middle + 0.365 * Double(face.unitsPerEm) * scale
      draw(letters, of: face, in: faces, scale: scale, advance: Double(advance) * scale, base: base)
    }
  }

  /// One line, its middle at `u`; where two letters overlap the denser counts. `scale` is a unit of the face, `advance`
  /// the width of a letter, `base` the place of the base line, all in cells.
  private mutating func draw(
    _ letters: [Unicode.Scalar], of face: Face, in faces: FaceLibrary, scale: Double, advance width: Double,
    base: Double
  ) {
    let (columns, rows) = (setting.columns, setting.rows)
    let left = line.u * Double(columns) - width * Double(letters.count) / 2
    for (place, letter) in letters.enumerated() {
      guard let source = faces.source(of: letter, face: .bold), letter != " " else { continue }
      let own = scale * Double(face.unitsPerEm) / Double(source.unitsPerEm)
      let placement = Face.Placement(
        scaleX: own, scaleY: own, originX: left + Double(place) * width, originY: base)
      guard
        let bitmap = source.coverage(of: letter, width: columns, height: rows, placement: placement)
      else { continue }
      for index in coverage.indices where bitmap.coverage[index] > 0 {
        coverage[index] = max(coverage[index], Float(bitmap.coverage[index]) / 255)
      }
    }
  }
}
