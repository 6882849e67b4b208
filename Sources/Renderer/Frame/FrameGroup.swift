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
  /// Straight colors and what they cover, from `fill` to `release`.
  private var canvas: Picture?
  private var coverage: CoveragePlane?
  private let alpha: PixelRowBuffer
  private let rows: RowPairBuffer

  init(
    _ group: LayerGroup, of layer: Layer, assets: LayerAssets, keepsCoverage: Bool, _ frame: FrameSetting
  ) {
    let setting = frame.shader
    self.setting = setting
    covered = CoveredShaders(group.shaders, frame)
    layers = FrameLayers(group.layers, assets: assets.members, keepsCoverage: true, frame)
    rows = RowPairBuffer(width: frame.width)
    mask = GroupMask(layer, in: frame.segment, geometry: assets.geometry, frame)
    blender = RowBlender(
      Blends.mode(layer.blend), light: layer.blendLight, width: frame.width, kernels: frame.kernels.pixel)
    alpha = PixelRowBuffer(width: frame.width)
  }

  /// Draws the group's own canvas for a frame.
  func fill(_ context: FrameContext, _ values: FrameValues, opacity: Double, isSteady: Bool) {
    let plane: CoveragePlane = setting.scratch.take(setting)
    layers.stack.coverage = plane
    layers.fill(context, values, isSteady: isSteady, clock: nil)
    let picture: Picture = setting.scratch.take(setting)
    for y in 0..<setting.height {
      let row = layers.stack.draw(row: y, with: rows.pair, clock: nil)
      picture.pixelRow(y).copy(from: row, count: setting.paddedWidth)
    }
    layers.release()
    covered.shade(picture, coverage: plane, context) { values[$0] }
    for y in 0..<setting.height { straighten(picture.pixelRow(y), coverage: Bytes(plane.row(y))) }
    mask.fill(context, opacity: opacity)
    (canvas, coverage) = (picture, plane)
  }

  /// Lets go of the canvas.
  func release() {
    layers.stack.coverage = nil
    setting.scratch.put(&canvas)
    setting.scratch.put(&coverage)
  }

  private func straighten(_ row: PixelRow, coverage: Bytes) {
    for channel in PixelRow.channels {
      setting.kernels.unpremultiply(alpha.row.blue, row[channel], alpha: coverage, count: setting.paddedWidth)
      memcpy(row[channel], alpha.row.blue, setting.paddedWidth)
    }
  }

  func draw(
    row y: Int, over backdrop: PixelRow, isBlack: Bool, coverage below: MutableBytes?, into out: PixelRow
  ) -> Bool {
    guard let canvas, let coverage else { preconditionFailure("a row of a group that was not filled") }
    setting.kernels.multiply(alpha.row.red, coverage.row(y), mask.row(y), count: setting.paddedWidth)
    let (source, alpha) = (canvas.pixelRow(y), Bytes(alpha.row.red))
    if let below {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, coverage: below, into: out)
    } else {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, into: out)
    }
    return true
  }
}
