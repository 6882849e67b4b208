import Glibc
import KernelTable
import SceneLang

/// What a canvas of premultiplied colors covers, once its shaders have run.
///
/// Shaders change the colors; those that move pixels move the coverage with them. Light where nothing is covered, such as a
/// glow, covers as much as it shines.
final class ShadedCoverage {
  /// Filled by the layers as they are drawn.
  let plane: CoveragePlane
  /// Of the shaders that move pixels; nil if there are none.
  private let movement: ShaderChain?
  private let setting: ShaderSetting
  private let levels: PixelRowBuffer

  init(_ stages: [ShaderStage], _ frame: FrameSetting) {
    let setting = frame.shader
    self.setting = setting
    plane = CoveragePlane(width: frame.width, height: frame.height)
    levels = PixelRowBuffer(width: frame.width)
    let steps = stages.filter(\.isWarp).map {
      $0.step(in: frame.segment, simulations: frame.simulations, kernels: frame.kernels, setting)
    }
    movement = steps.isEmpty ? nil : ShaderChain(tone: nil, shaders: steps, bandHeight: 64, setting)
  }

  /// Follows the shaders of a frame, whose colors are in `picture`.
  func follow(_ context: FrameContext, value: (NodeID) -> Double, picture: Picture) {
    let count = setting.paddedWidth
    movement?.run(context, value: value, layers: plane, clock: nil) { y, row in
      // Where the channels went apart, what one of them covers.
      setting.kernels.maximum(levels.row.red, row.red, row.green, row.blue, count: count)
      plane.set(row: y, Bytes(levels.row.red))
    }
    for y in 0..<setting.height {
      let row = picture.pixelRow(y)
      setting.kernels.maximum(levels.row.red, row.red, row.green, row.blue, count: count)
      setting.kernels.maximum(levels.row.green, levels.row.red, plane.row(y), plane.row(y), count: count)
      plane.set(row: y, Bytes(levels.row.green))
    }
  }
}

extension ShaderStage {
  /// Whether it moves pixels.
  fileprivate var isWarp: Bool {
    guard case .call(let call) = self else { return false }
    return [.warp, .row].contains(Shaders.op(call.op).declaration.facts.access)
  }
}
