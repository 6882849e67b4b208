import Glibc
import KernelTable
import SceneLang

/// The shaders of a canvas of premultiplied colors that has a coverage.
///
/// Shaders that change pixels where they are change their straight colors and leave the coverage (CATALOGUE O-9): what is
/// empty stays so. Those that move pixels move the coverage with them. Light where nothing is covered, such as a glow, covers
/// as much as it shines.
final class CoveredShaders {
  private let parts: [Part]
  private let setting: ShaderSetting
  private let levels: PixelRowBuffer

  /// Neighbouring stages of one kind.
  private enum Part {
    case recoloring(ShaderChain)
    case moving(ShaderChain, coverage: ShaderChain)
    case shining(ShaderChain)
  }

  init(_ stages: [ShaderStage], _ frame: FrameSetting) {
    let setting = frame.shader
    self.setting = setting
    levels = PixelRowBuffer(width: frame.width)
    parts = stages.chunked { $0.effect(in: frame.segment) }.map { effect, stages in
      func chain() -> ShaderChain {
        let steps = stages.map {
          $0.step(in: frame.segment, simulations: frame.simulations, kernels: frame.kernels, setting)
        }
        return ShaderChain(tone: nil, shaders: steps, bandHeight: 16, setting)
      }
      switch effect {
      case .recolors: return .recoloring(chain())
      case .moves: return .moving(chain(), coverage: chain())
      case .shines: return .shining(chain())
      }
    }
  }

  /// Shades a frame's `picture`, of premultiplied colors, and what it covers.
  func shade(
    _ picture: Picture, coverage plane: CoveragePlane, _ context: FrameContext, value: (NodeID) -> Double
  ) {
    let rows = PictureRows(picture, coverage: plane, setting)
    coverLight(of: picture, in: plane)
    for part in parts {
      switch part {
      case .recoloring(let chain):
        rows.areStraight = true
        chain.run(context, value: value, layers: rows, clock: nil) { y, row in
          for channel in PixelRow.channels {
            setting.kernels.multiply(
              picture.pixelRow(y)[channel], row[channel], plane.row(y), count: setting.paddedWidth)
          }
        }
      case .moving(let chain, let coverage):
        run(chain, rows, context, value, into: picture)
        coverage.run(context, value: value, layers: plane, clock: nil) { y, row in
          // Where the channels went apart, what one of them covers.
          setting.kernels.maximum(levels.row.red, row.red, row.green, row.blue, count: setting.paddedWidth)
          plane.set(row: y, Bytes(levels.row.red))
        }
        coverLight(of: picture, in: plane)
      case .shining(let chain):
        run(chain, rows, context, value, into: picture)
        coverLight(of: picture, in: plane)
      }
    }
  }

  private func run(
    _ chain: ShaderChain, _ rows: PictureRows, _ context: FrameContext, _ value: (NodeID) -> Double,
    into picture: Picture
  ) {
    rows.areStraight = false
    chain.run(context, value: value, layers: rows, clock: nil) { y, row in
      let target = picture.pixelRow(y)
      if target.red != row.red { target.copy(from: row, count: setting.paddedWidth) }
    }
  }

  /// No premultiplied color is above its coverage.
  private func coverLight(of picture: Picture, in plane: CoveragePlane) {
    let count = setting.paddedWidth
    for y in 0..<setting.height {
      let row = picture.pixelRow(y)
      setting.kernels.maximum(levels.row.red, row.red, row.green, row.blue, count: count)
      setting.kernels.maximum(levels.row.green, levels.row.red, plane.row(y), plane.row(y), count: count)
      plane.set(row: y, Bytes(levels.row.green))
    }
  }
}

/// The rows of a picture of premultiplied colors, as they are or straight.
private final class PictureRows: RowSource {
  var areStraight = false
  private let picture: Picture
  private let coverage: CoveragePlane
  private let setting: ShaderSetting
  private let straight: PixelRowBuffer

  init(_ picture: Picture, coverage: CoveragePlane, _ setting: ShaderSetting) {
    self.picture = picture
    self.coverage = coverage
    self.setting = setting
    straight = PixelRowBuffer(width: setting.width)
  }

  var writeCount: Int { 0 }

  func draw(row y: Int, with pair: RowPair, clock: StageClock?) -> PixelRow {
    let row = picture.pixelRow(y)
    guard areStraight else { return row }
    for channel in PixelRow.channels {
      setting.kernels.unpremultiply(
        straight.row[channel], row[channel], alpha: coverage.row(y), count: setting.paddedWidth)
    }
    return straight.row
  }
}

/// What a shader does to the coverage of a canvas.
private enum CoverageEffect { case recolors, moves, shines }

extension ShaderStage {
  fileprivate func effect(in segment: SegmentGraph) -> CoverageEffect {
    switch self {
    case .tables: return .recolors
    case .pixel(let shader): return segment.samplesPicture(for: shader.channels) ? .shines : .recolors
    case .call(let call):
      switch Shaders.op(call.op).declaration.facts.access {
      case .pointwise, .channelwise: return .recolors
      case .row, .warp: return .moves
      case .stencil, .global: return .shines
      }
    }
  }
}

extension Array {
  /// Runs of neighbours with the same key, in order.
  fileprivate func chunked<Key: Equatable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
    var chunks: [(key: Key, elements: [Element])] = []
    for element in self {
      let key = key(element)
      if chunks.last?.key == key {
        chunks[chunks.count - 1].elements.append(element)
      } else {
        chunks.append((key, [element]))
      }
    }
    return chunks
  }
}
