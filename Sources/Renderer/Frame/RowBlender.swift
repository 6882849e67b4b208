import Glibc
import KernelTable
import SceneLang

/// Blends pixel rows in one mode: onto a picture that is covered all over, or onto a canvas that has a coverage.
///
/// Canvases hold premultiplied colors. On a canvas with coverage αb the source is first mixed with what the mode makes of
/// it, as far as the canvas is covered: Cs' = (1 − αb)·Cs + αb·B(Cb, Cs) (W3C Compositing and Blending, level 1).
final class RowBlender {
  let mode: BlendMode
  /// The mode in linear light; nil where it works on sRGB levels.
  private let linear: LinearBlend?
  private let kernels: any PixelKernels.Type
  private let count: Int
  /// Rows for intermediate results, and one of 255: made for the first row that needs them.
  private lazy var straight = PixelRowBuffer(width: count)
  private lazy var blended = PixelRowBuffer(width: count)
  private lazy var mixed = PixelRowBuffer(width: count)
  private lazy var full: PixelRowBuffer = {
    let buffer = PixelRowBuffer(width: count)
    memset(buffer.row.red, 255, count)
    return buffer
  }()

  init(
    _ mode: BlendMode, light: Layer.BlendLight = .encoded, width: Int, kernels: any PixelKernels.Type
  ) {
    self.mode = mode
    // Where nothing is mixed but by coverage, light makes no difference.
    linear = light == .linear && mode != .normal ? LinearBlend(mode) : nil
    self.kernels = kernels
    count = PixelRow.padded(width)
  }

  /// out = (1 − α)·Cb + α·B(Cb, Cs); `isBlack`: the backdrop is black all over.
  func blend(_ source: PixelRow, alpha: Bytes, over backdrop: PixelRow, isBlack: Bool, into out: PixelRow) {
    if isBlack && mode.keepsSourceOnBlack {
      // The same bits with one product instead of two.
      for channel in PixelRow.channels {
        kernels.multiply(out[channel], source[channel], alpha, count: count)
      }
    } else if let linear {
      linear.blend(blended.row, below: backdrop, source: source, count: count)
      for channel in PixelRow.channels {
        kernels.interpolate(
          out[channel], from: backdrop[channel], to: blended.row[channel], alpha: alpha, count: count)
      }
    } else if mode.isSeparable {
      for channel in PixelRow.channels {
        kernels.blend(
          mode, out[channel], backdrop: backdrop[channel], source: source[channel], alpha: alpha, count: count)
      }
    } else {
      kernels.blendColors(
        mode, out.mutableBytes, backdrop: backdrop.bytes, source: source.bytes, alpha: alpha, count: count)
    }
  }

  /// The same on a canvas, whose coverage becomes αb + α − αb·α.
  func blend(
    _ source: PixelRow, alpha: Bytes, over backdrop: PixelRow, isBlack: Bool, coverage: MutableBytes, into out: PixelRow
  ) {
    if isLinearInSource || mode == .normal || isBlack {
      blend(source, alpha: alpha, over: backdrop, isBlack: isBlack, into: out)
    } else {
      for channel in PixelRow.channels {
        kernels.unpremultiply(straight.row[channel], backdrop[channel], alpha: coverage, count: count)
      }
      blend(source, alpha: full.row.red, over: straight.row, isBlack: false, into: blended.row)
      for channel in PixelRow.channels {
        kernels.interpolate(
          mixed.row[channel], from: source[channel], to: blended.row[channel], alpha: coverage, count: count)
        kernels.interpolate(
          out[channel], from: backdrop[channel], to: mixed.row[channel], alpha: alpha, count: count)
      }
    }
    kernels.interpolate(mixed.row.red, from: coverage, to: full.row.red, alpha: alpha, count: count)
    memcpy(coverage, mixed.row.red, count)
  }
}

extension RowBlender {
  /// Whether B(Cb, Cs) is Cb + Cs · f(Cb). Then only α·Cs matters: blending with premultiplied colors, as if black were
  /// below, is the same, cells can be weighed by their coverage instead of pixels, and solid black changes nothing.
  var isLinearInSource: Bool { linear == nil && (mode == .screen || mode == .exclusion) }
}

extension BlendMode {
  /// Whether B(0, Cs) is Cs.
  fileprivate var keepsSourceOnBlack: Bool {
    switch self {
    case .normal, .add, .screen, .difference, .exclusion, .lighten: true
    default: false
    }
  }
}
