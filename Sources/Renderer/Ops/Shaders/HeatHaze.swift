import KernelTable
import SceneLang

extension ShaderOp {
  static let heatHaze = ShaderOp(
    declaration: OpDeclaration(
      .shader, "heat_haze",
      "Moves pixels to and fro by smooth noise, as hot air or uneven glass does; `displacement_map` does it by fields.",
      parameters: [
        .init("strength", default: "10px", in: 0...1, .length, "How far at most, in each direction."),
        .init("scale", default: "160px", in: 0.037...8, .length, "The size of a bump."),
        .init("phase", default: "0.3 * t", .plain, "A step of 1 brings new bumps."),
      ],
      facts: .init(access: .warp, readsKey: true), example: "heat_haze: {strength: 4px, scale: 120px}"),
    implementation: .row { Warp(HeatHaze($0), isGentle: true, $0) }, keeps: InterleavedPicture.self)
}

/// Samples at (x + strength·dx, y + strength·dy); edges are repeated. dx and dy are two value noises from −1 to 1, taken at
/// every eighth pixel and linear in between.
final class HeatHaze: WarpMap {
  private let setting: ShaderSetting
  private var strength = 0.0
  private var scale = 0.0
  private var phase = 0.0
  /// At every eighth pixel of every eighth row, in pixels: `latticeWidth` numbers for x, then as many for y, a row each.
  private let lattice: AlignedBuffer<Float>
  private let latticeWidth: Int
  /// A row between two of the lattice, and the offsets of a row of pixels.
  private let between: AlignedBuffer<Float>
  private let offsets: AlignedBuffer<Float>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    latticeWidth = setting.paddedWidth / 8 + 1
    lattice = AlignedBuffer(count: 2 * latticeWidth * (setting.height / 8 + 2))
    between = AlignedBuffer(count: latticeWidth)
    offsets = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let side = Double(setting.shorterSide)
    let now = (arguments.number(0) * side, arguments.number(1) * side, arguments.number(2))
    guard now.0 > 0 else { return false }
    let isChanged = now != (strength, scale, phase)
    (strength, scale, phase) = now
    if isChanged { setLattice() }
    return true
  }

  private func setLattice() {
    // In pictures so small that the lattice would miss bumps they are as wide as its step.
    let scale = max(self.scale, 8)
    let latticeHeight = setting.height / 8 + 2
    for axis in 0..<2 {
      let noise = MorphingNoise(
        seed: setting.seed &+ UInt64(axis), columns: Int(Double(8 * (latticeWidth - 1)) / scale) + 2,
        rows: Int(Double(8 * (latticeHeight - 1)) / scale) + 2, phase: phase)
      for row in 0..<latticeHeight {
        let out = lattice.base + (2 * row + axis) * latticeWidth
        for column in 0..<latticeWidth {
          out[column] = Float(strength * noise.value(Double(8 * column) / scale, Double(8 * row) / scale))
        }
      }
    }
  }

  func setCoordinates(row y: Int, of source: WarpSource) {
    let count = setting.paddedWidth
    let (right, bottom) = (Float(setting.width - 1), Float(setting.height - 1))
    setOffsets(y, axis: 0)
    setting.kernels.coordinates(
      source.x.base, start: 0, step: 1, offsets: offsets.base, low: 0, high: right, count: count)
    setOffsets(y, axis: 1)
    setting.kernels.coordinates(
      source.y.base, start: Float(y), step: 0, offsets: offsets.base, low: 0, high: bottom, count: count)
  }

  private func setOffsets(_ y: Int, axis: Int) {
    let upper = lattice.base + (2 * (y / 8) + axis) * latticeWidth
    let lower = upper + 2 * latticeWidth
    let share = Float(y % 8) / 8
    for column in 0..<latticeWidth { between.base[column] = upper[column] + (lower[column] - upper[column]) * share }
    setting.kernels.expandEights(offsets.base, between.base, count: latticeWidth - 1)
  }
}
