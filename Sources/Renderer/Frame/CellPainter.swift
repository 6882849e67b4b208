import KernelTable
import SceneLang

/// The evaluated floats of one text row of a layer. Strips have at least as many values as the grid has columns.
struct CellStrips {
  var value: Floats
  /// What the paint reads: position (gradient), hue and saturation, or red, green and blue.
  var paint: [Floats]
  var brightness: Floats
  var wash: Floats
  var mask: Floats?
}

/// Turns the floats of a layer's cells into glyphs and bytes, a text row at a time.
final class CellPainter {
  private enum Colors {
    /// 256 levels of red, then of green, then of blue.
    case gradient([UInt8])
    case hue
    case components
  }

  let grid: CellGrid
  private let colors: Colors
  private let isOpaque: Bool
  private let ramp: GlyphRamp?
  private let jitter: CellJitter
  private let strength: AlignedBuffer<Float>
  private let kernels: any PixelKernels.Type

  /// `gradient`: the table of a paint of gradients. `ramp` nil: the layer has its own glyphs (text).
  init(layer: Layer, gradient: GradientTable?, ramp: GlyphRamp?, grid: CellGrid, kernels: any PixelKernels.Type) {
    self.grid = grid
    self.kernels = kernels
    self.ramp = ramp
    isOpaque = layer.isOpaque
    switch layer.paint.base {
    case .gradients:
      guard let gradient else { preconditionFailure("a gradient paint needs its table") }
      colors = .gradient(gradient.red + gradient.green + gradient.blue)
    case .hue: colors = .hue
    case .rgb: colors = .components
    }
    strength = AlignedBuffer(count: grid.stride)
    jitter = CellJitter(
      amount: layer.palette.jitter, seed: layer.seed, columns: grid.columns, rows: grid.rows, stride: grid.stride)
  }

  /// Fills row `row` of the grid from the layer's value; `opacity` 0…1.
  func paint(row: Int, _ strips: CellStrips, opacity: Double) {
    guard let ramp else { preconditionFailure("a layer without a ramp has its own glyphs") }
    let hasGlyphs = ramp.glyphs.withUnsafeBufferPointer {
      kernels.glyphs(
        grid.glyphs(row), value: strips.value, jitter: jitter.row(row), ramp: $0.baseAddress!, count: grid.columns)
    }
    color(row: row, strips, opacity: opacity, hasGlyphs: hasGlyphs)
  }

  /// Fills everything of row `row` but the glyphs.
  func color(row: Int, _ strips: CellStrips, opacity: Double, hasGlyphs: Bool) {
    var summary = CellGrid.RowSummary(hasGlyphs: hasGlyphs)
    let extremes = cover(row, strips.mask, opacity)
    summary.isFull = extremes.all == 255
    summary.isHidden = extremes.any == 0
    if !summary.isHidden {
      setColors(row, strips)
      setWash(row, strips, &summary)
    }
    grid.summaries[row] = summary
  }

  private func cover(_ row: Int, _ mask: Floats?, _ opacity: Double) -> (all: UInt8, any: UInt8) {
    if let mask {
      return kernels.coverage(grid.coverage(row), mask: mask, opacity: Float(opacity), count: grid.columns)
    }
    let level = UInt8(clampingUnit: opacity)
    grid.coverage(row).update(repeating: level, count: grid.columns)
    return (level, level)
  }

  private func setColors(_ row: Int, _ strips: CellStrips) {
    let out = grid.color(row)
    switch colors {
    case .gradient(let table):
      table.withUnsafeBufferPointer {
        kernels.gradientColors(
          out.red, out.green, out.blue, at: strips.paint[0], brightness: strips.brightness, table: $0.baseAddress!,
          count: grid.columns)
      }
    case .hue:
      kernels.hueColors(
        out.red, out.green, out.blue, hue: strips.paint[0], saturation: strips.paint[1],
        brightness: strips.brightness, count: grid.columns)
    case .components:
      for channel in PixelRow.channels {
        kernels.componentColors(
          out[channel], component: strips.paint[channel], brightness: strips.brightness, count: grid.columns)
      }
    }
  }

  private func setWash(_ row: Int, _ strips: CellStrips, _ summary: inout CellGrid.RowSummary) {
    kernels.washStrength(strength.base, wash: strips.wash, value: strips.value, count: grid.columns)
    var solid = kernels.solidCells(grid.solid(row), strength: strength.base, count: grid.columns)
    if isOpaque {
      grid.solid(row).update(repeating: 255, count: grid.columns)
      solid = (255, 255)
    }
    summary.isSolid = solid.all == 255
    summary.hasSolid = solid.any != 0
    guard summary.hasSolid else { return }
    var any: UInt8 = 0
    for channel in PixelRow.channels {
      any |= kernels.washColors(
        grid.wash(row)[channel], color: grid.color(row)[channel], strength: strength.base, isOpaque: isOpaque,
        count: grid.columns)
    }
    summary.isWashBlack = any == 0
  }
}

extension UInt8 {
  /// 0…1 to 0…255, rounded half up; what is outside (a NaN too) goes to the nearer end (NaN to 0).
  init(clampingUnit x: Double) { self = x > 0 ? (x < 1 ? UInt8(x * 255 + 0.5) : 255) : 0 }
}
