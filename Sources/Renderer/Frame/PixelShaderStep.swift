import KernelTable
import SceneLang

/// A shader written in the scene language: its three channels as a register program over the rows of pixels.
final class PixelShaderStep: ChainStep {
  let name: String
  /// Set if it samples the picture at other places than the pixel's own.
  let gatherer: (any PictureGatherer)?

  private let shader: PixelShader
  private let evaluator: LayerEvaluator
  private let source: PixelSource
  private let setting: ShaderSetting
  private let shaded: PixelRowBuffer?
  private var share: UInt8 = 255

  init(
    _ shader: PixelShader, in segment: SegmentGraph, simulations: SimulationPlanes?, kernels: KernelSet,
    _ setting: ShaderSetting
  ) {
    name = shader.name
    self.shader = shader
    self.setting = setting
    let isSampling = segment.samplesPicture(for: shader.channels)
    source = PixelSource(setting, isSampled: isSampling)
    gatherer = isSampling ? source : nil
    evaluator = LayerEvaluator(
      segment: segment, value: nil, outputs: shader.channels,
      geometry: GridGeometry(pixelsOf: setting.width, setting.height),
      sources: LayerSources(simulations: simulations, pixels: source), kernels: kernels.field)
    shaded = shader.mix == nil ? nil : PixelRowBuffer(width: setting.width)
  }

  func begin(_ context: FrameContext, value: (NodeID) -> Double) -> Bool {
    share = shader.share(value)
    guard share > 0 else { return false }
    evaluator.begin(context)
    return true
  }

  func shade(row y: Int, from row: PixelRow, to out: PixelRow) {
    source.begin(row)
    let levels = evaluator.row(y)
    let target = share < 255 ? shaded?.row ?? out : out
    for channel in PixelRow.channels {
      setting.kernels.levels(target[channel], levels[channel], count: setting.width)
      guard share < 255 else { continue }
      setting.kernels.interpolate(
        out[channel], from: row[channel], to: target[channel], constant: share, count: setting.width)
    }
  }
}

extension SegmentGraph {
  /// Whether nodes, directly or through others, sample the picture.
  func samplesPicture(for roots: [NodeID]) -> Bool {
    var seen: Set<NodeID> = []
    var pending = roots
    while let id = pending.popLast() {
      guard seen.insert(id).inserted else { continue }
      if case .sample = self[id].kind { return true }
      pending += self[id].operands
    }
    return false
  }
}
