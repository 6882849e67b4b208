import Glibc
import KernelTable
import SceneLang

/// A group of one worker: its layers on a canvas with coverage, its shaders, and how that is blended.
final class FrameGroup: RowDrawer {
  let layers: FrameLayers
  private let mask: GroupMask
  private let blender: RowBlender
  private let setting: ShaderSetting
  private let covered: CoveredShaders
  /// Straight colors.
  private let picture: Picture
  private let alpha: PixelRowBuffer
  private let rows: RowPairBuffer

  init(
    _ group: LayerGroup, of layer: Layer, assets: LayerAssets, keepsCoverage: Bool, _ frame: FrameSetting
  ) {
    let setting = frame.shader
    self.setting = setting
    covered = CoveredShaders(group.shaders, frame)
    layers = FrameLayers(group.layers, assets: assets.members, coverage: covered.plane, frame)
    rows = RowPairBuffer(width: frame.width)
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
    for y in 0..<setting.height {
      picture.pixelRow(y).copy(from: layers.stack.draw(row: y, with: rows.pair, clock: nil), count: count)
    }
    covered.shade(picture, context) { values[$0] }
    for y in 0..<setting.height { straighten(row: y) }
    mask.fill(context, opacity: opacity)
  }

  private func straighten(row y: Int) {
    let row = picture.pixelRow(y)
    for channel in PixelRow.channels {
      setting.kernels.unpremultiply(
        alpha.row.blue, row[channel], alpha: covered.plane.row(y), count: setting.paddedWidth)
      memcpy(row[channel], alpha.row.blue, setting.paddedWidth)
    }
  }

  func draw(row y: Int, over backdrop: PixelRow, isBlack: Bool, coverage: MutableBytes?, into out: PixelRow) -> Bool {
    setting.kernels.multiply(alpha.row.red, covered.plane.row(y), mask.row(y), count: setting.paddedWidth)
    let (source, alpha) = (picture.pixelRow(y), Bytes(alpha.row.red))
    if let coverage {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, coverage: coverage, into: out)
    } else {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, into: out)
    }
    return true
  }
}
