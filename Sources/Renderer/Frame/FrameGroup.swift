import Glibc
import KernelTable
import SceneLang

/// A group of one worker: its layers on a canvas with coverage, its shaders, and how that is blended.
///
/// Shaders change the colors; those that move pixels move the coverage with them. Light where nothing is covered, such as a
/// glow, covers as much as it shines.
final class FrameGroup: RowDrawer {
  let layers: FrameLayers
  private let chain: ShaderChain
  /// Of the shaders that move pixels; nil if there are none.
  private let movement: ShaderChain?
  private let mask: GroupMask
  private let blender: RowBlender
  private let setting: ShaderSetting
  private let coverage: CoveragePlane
  /// Straight colors.
  private let picture: Picture
  private let alpha: PixelRowBuffer

  init(
    _ group: LayerGroup, of layer: Layer, assets: LayerAssets, keepsCoverage: Bool, _ frame: FrameSetting
  ) {
    let setting = frame.shader
    self.setting = setting
    coverage = CoveragePlane(width: frame.width, height: frame.height)
    layers = FrameLayers(group.layers, assets: assets.members, coverage: coverage, frame)
    func chain(_ stages: [ShaderStage]) -> ShaderChain {
      let steps = stages.map {
        $0.step(in: frame.segment, simulations: frame.simulations, kernels: frame.kernels, setting)
      }
      return ShaderChain(tone: nil, shaders: steps, bandHeight: 64, setting)
    }
    self.chain = chain(group.shaders)
    let moving = group.shaders.filter(\.isWarp)
    movement = moving.isEmpty ? nil : chain(moving)
    mask = GroupMask(layer, in: frame.segment, geometry: assets.geometry, frame)
    blender = RowBlender(Blends.mode(layer.blend), width: frame.width, kernels: frame.kernels.pixel)
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
    movement?.run(context, value: { values[$0] }, layers: coverage, clock: nil) { y, row in
      // Where the channels went apart, what one of them covers.
      setting.kernels.maximum(alpha.row.red, row.red, row.green, row.blue, count: count)
      coverage.set(row: y, Bytes(alpha.row.red))
    }
    for y in 0..<setting.height { separate(row: y) }
    mask.fill(context, opacity: opacity)
  }

  /// Premultiplied colors and coverage to straight colors and what they cover.
  private func separate(row y: Int) {
    let (kernels, count) = (setting.kernels, setting.paddedWidth)
    let (row, covered) = (picture.pixelRow(y), coverage.row(y))
    kernels.maximum(alpha.row.red, row.red, row.green, row.blue, count: count)
    kernels.maximum(alpha.row.green, alpha.row.red, covered, covered, count: count)
    for channel in PixelRow.channels {
      kernels.unpremultiply(alpha.row.blue, row[channel], alpha: alpha.row.green, count: count)
      memcpy(row[channel], alpha.row.blue, count)
    }
    coverage.set(row: y, Bytes(alpha.row.green))
  }

  func draw(row y: Int, over backdrop: PixelRow, isBlack: Bool, coverage: MutableBytes?, into out: PixelRow) -> Bool {
    setting.kernels.multiply(alpha.row.red, self.coverage.row(y), mask.row(y), count: setting.paddedWidth)
    let (source, alpha) = (picture.pixelRow(y), Bytes(alpha.row.red))
    if let coverage {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, coverage: coverage, into: out)
    } else {
      blender.blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, into: out)
    }
    return true
  }
}

extension ShaderStage {
  /// Whether it moves pixels.
  fileprivate var isWarp: Bool {
    guard case .call(let call) = self else { return false }
    return [.warp, .row].contains(Shaders.op(call.op).declaration.facts.access)
  }
}
