import KernelTable
import SceneLang

extension ShaderOp {
  static let kaleidoscope = ShaderOp(
    declaration: OpDeclaration(
      .shader, "kaleidoscope", "Repeats one wedge of the picture around the centre, every other one mirrored.",
      parameters: [
        .init("folds", .integer, default: "6", in: 1...64, .plain, "Pairs of wedges around the centre."),
        .init("rotation", default: "0rad", .angle, "Turns the wedge that is seen, as one turns the tube."),
      ],
      facts: .init(access: .warp), cautions: [.scramblesText],
      example: "kaleidoscope: {folds: 8, rotation: 10deg * t}"),
    implementation: .row { Warp(Kaleidoscope($0), isGentle: false, $0) }, keeps: InterleavedPicture.self)
}

/// Samples at the same distance from the centre, at the angle |a mod w − w/2| + rotation with w = 2π / folds; what lies
/// outside the picture is thrown back at its edges.
///
/// Within half a fold that is a turn, or a turn and a flip, so that coordinates are linear along a row between the places
/// where it crosses a fold.
final class Kaleidoscope: WarpMap {
  /// The matrix of half a fold: the source is (xx·dx + xy·dy, yx·dx + yy·dy).
  private struct Half {
    var xx: Double
    var xy: Double
    var yx: Double
    var yy: Double
    /// The cotangent of the angle at which it begins.
    var cotangent: Double
  }

  private let setting: ShaderSetting
  private var folds = 0
  private var rotation = 0.0
  /// Around the circle from angle 0, which points to the right, clockwise.
  private var halves: [Half] = []

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let folds = arguments.integer(0)
    let rotation = arguments.number(1)
    guard folds != self.folds || rotation != self.rotation else { return true }
    (self.folds, self.rotation) = (folds, rotation)
    halves = (0..<2 * folds).map { place in
      let start = Double(place) * .pi / Double(folds)
      // Even halves run backwards from the fold after them, odd ones forwards from the fold before them.
      let fold = place & 1 == 0 ? Double(place + 1) * .pi / Double(folds) : start
      let sign: Double = place & 1 == 0 ? -1 : 1
      let turn = rotation - sign * fold
      let (cosine, sine) = (ScalarMath.cos(turn), ScalarMath.sin(turn))
      return Half(
        xx: cosine, xy: -sign * sine, yx: sine, yy: sign * cosine,
        cotangent: ScalarMath.quotient(ScalarMath.cos(start), ScalarMath.sin(start)))
    }
    return true
  }

  func setCoordinates(row y: Int, of source: WarpSource) {
    let dy = Double(y) + 0.5 - Double(setting.height) / 2
    // From left to right a row crosses the halves below the centre from π down to 0, those above it from π up to 2π.
    let isBelow = dy >= 0
    var x = 0
    for step in 0..<folds {
      let place = isBelow ? folds - 1 - step : folds + step
      // The half ends where the row crosses its edge; the last one at the end of the row.
      let edge = isBelow ? place : place + 1
      let end = step == folds - 1 ? setting.width : column(halves[edge].cotangent * dy)
      if end > x {
        write(halves[place], x..<end, dy, to: source)
        x = end
      }
    }
  }

  /// The first column whose centre lies at `dx` from the centre or to the right of it.
  private func column(_ dx: Double) -> Int {
    let place = (dx + Double(setting.width) / 2 - 0.5).rounded(.up)
    return Int(min(max(place, 0), Double(setting.width)))
  }

  private func write(_ half: Half, _ columns: Range<Int>, _ dy: Double, to source: WarpSource) {
    let (right, bottom) = (Double(setting.width - 1), Double(setting.height - 1))
    let start = Float(Double(columns.lowerBound) - right / 2)
    let across = CoordinateCurve(
      start: start, constant: Float(right / 2 + half.xy * dy), linear: Float(half.xx))
    let down = CoordinateCurve(start: start, constant: Float(bottom / 2 + half.yy * dy), linear: Float(half.yx))
    setting.kernels.mirroredCoordinates(
      source.x.base + columns.lowerBound, across, high: Float(right), count: columns.count)
    setting.kernels.mirroredCoordinates(
      source.y.base + columns.lowerBound, down, high: Float(bottom), count: columns.count)
  }
}
