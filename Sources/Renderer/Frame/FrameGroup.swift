import Glibc
import KernelTable
import SceneLang

/// A group of one worker: its layers on a canvas with coverage, its shaders, and how that is blended.
final class FrameGroup: RowDrawer {
  let layers: FrameLayers
  private let chain: ShaderChain
  private let mask: GroupMask
  private let blender: RowBlender
  private let setting: ShaderSetting
  private let coverage: ShadedCoverage
  /// Straight colors.
  private let picture: Picture
  private let alpha: PixelRowBuffer

  init(
    _ group: LayerGroup, of layer: Layer, assets: LayerAssets, keepsCoverage: Bool, _ frame: FrameSetting
  ) {
    let setting = frame.shader
    self.setting = setting
    coverage = ShadedCoverage(group.shaders, frame)
    layers = FrameLayers(group.layers, assets: assets.members, coverage: coverage.plane, frame)
    let steps = group.shaders.map {
      $0.step(in: frame.segment, simulations: frame.simulations, kernels: frame.kernels, setting)
    }
    chain = ShaderChain(tone: nil, shaders: steps, bandHeight: 64, setting)
    mask = GroupMask(layer, in: frame.segment, geometry: assets.geometry, frame)
    blender = RowBlender(
      Blends.mode(layer.blend), light: layer.blendLight, width: frame.width, kernels: frame.kernels.pixel)
    picture = Picture(width: frame.width, height: frame.height)
    alpha = PixelRowBuffer(width: frame.width)
  }

  /// Draws the group's own canvas for a frame.
  func fill(_ context: FrameContext, _ values: FrameValues, opacity: Double, isSteady: Bool) {
    layers.fill(context, values, isSteady: isSteady, clock: nil)
    let count = setting.paddedWidth
    chain.run(context, value: { values[$0] }, layers: layers.stack, clock: nil) { y, row in
      picture.pixelRow(y).copy(from: row, count: count)
    }
    coverage.follow(context, value: { values[$0] }, picture: picture)
    for y in 0..<setting.height { straighten(row: y) }
    mask.fill(context, opacity: opacity)
  }

  private func straighten(row y: Int) {
    let row = picture.pixelRow(y)
    for channel in PixelRow.channels {
      setting.kernels.unpremultiply(
        alpha.row.blue, row[channel], alpha: coverage.plane.row(y), count: setting.paddedWidth)
      memcpy(row[channel], alpha.row.blue, setting.paddedWidth)
    }
  }

  func draw(row y: Int, over backdrop: PixelRow, isBlack: Bool, coverage: MutableBytes?, into out: PixelRow) -> Bool {
    setting.kernels.multiply(alpha.row.red, self.coverage.plane.row(y), mask.row(y), count: setting.paddedWidth)
    let (source, alpha) = (picture.pixelRow(y), Bytes(alpha.row.red))
    if let coverage {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, coverage: coverage, into: out)
    } else {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, into: out)
    }
    return true
  }
}
