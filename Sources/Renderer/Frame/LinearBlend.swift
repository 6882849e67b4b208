import KernelTable
import SceneLang

/// A blend mode in linear light: both colors are decoded from sRGB, blended by the mode's formula, and encoded again.
///
/// The coverage then mixes the result with what is below as it does for every blend. A mode of channels is a table over
/// both levels, computed in Double, so that it is right to half a level; the others are computed pixel by pixel.
final class LinearBlend {
  private let mode: BlendMode
  /// B of level `below` · 256 + level `source`; empty for a mode that mixes whole colors.
  private let table: [UInt8]

  init(_ mode: BlendMode) {
    self.mode = mode
    guard mode.isSeparable else {
      table = []
      return
    }
    table = (0..<65536).map { index in
      Self.encoded(mode.channel(Self.light[index >> 8], Self.light[index & 255]))
    }
  }

  /// Writes B(below, source) of `count` pixels; `out` may be either.
  func blend(_ out: PixelRow, below: PixelRow, source: PixelRow, count: Int) {
    guard mode.isSeparable else { return blendColors(out, below, source, count) }
    table.withUnsafeBufferPointer { table in
      for channel in PixelRow.channels {
        let (out, below, source) = (out[channel], below[channel], source[channel])
        for x in 0..<count { out[x] = table[Int(below[x]) << 8 | Int(source[x])] }
      }
    }
  }

  private func blendColors(_ out: PixelRow, _ below: PixelRow, _ source: PixelRow, _ count: Int) {
    let light = Self.light
    for x in 0..<count {
      let b = SIMD3(light[Int(below.red[x])], light[Int(below.green[x])], light[Int(below.blue[x])])
      let s = SIMD3(light[Int(source.red[x])], light[Int(source.green[x])], light[Int(source.blue[x])])
      let result = mode.color(b, s)
      out.red[x] = Self.encoded(result.x)
      out.green[x] = Self.encoded(result.y)
      out.blue[x] = Self.encoded(result.z)
    }
  }

  // MARK: Light

  /// The light 0…1 of each sRGB level (IEC 61966-2-1).
  private static let light: [Double] = (0..<256).map { level in
    let encoded = Double(level) / 255
    return encoded <= 0.04045 ? encoded / 12.92 : ScalarMath.pow((encoded + 0.055) / 1.055, 2.4)
  }

  /// The light from which on a level is nearer than the one before: where the level's own half begins.
  private static let thresholds: [Double] = (0..<255).map { level in
    let encoded = (Double(level) + 0.5) / 255
    return encoded <= 0.04045 ? encoded / 12.92 : ScalarMath.pow((encoded + 0.055) / 1.055, 2.4)
  }

  /// The nearest sRGB level.
  private static func encoded(_ light: Double) -> UInt8 {
    var (low, high) = (0, 255)
    while low < high {
      let middle = (low + high) / 2
      if light >= thresholds[middle] { low = middle + 1 } else { high = middle }
    }
    return UInt8(low)
  }
}

extension BlendMode {
  /// B(Cb, Cs) of a separable mode, 0…1; formulas as of `Blends`.
  fileprivate func channel(_ b: Double, _ s: Double) -> Double {
    switch self {
    case .normal: return s
    case .add: return min(1, b + s)
    case .subtract: return max(0, b - s)
    case .multiply: return b * s
    case .screen: return b + s - b * s
    case .difference: return abs(b - s)
    case .exclusion: return b + s - 2 * b * s
    case .lighten: return max(b, s)
    case .darken: return min(b, s)
    case .overlay: return BlendMode.hardLight.channel(s, b)
    case .hardLight: return s <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)
    case .softLight:
      if s <= 0.5 { return b - (1 - 2 * s) * b * (1 - b) }
      return b + (2 * s - 1) * ((b <= 0.25 ? ((16 * b - 12) * b + 4) * b : b.squareRoot()) - b)
    case .colorDodge: return b == 0 ? 0 : s >= 1 ? 1 : min(1, b / (1 - s))
    case .colorBurn: return b >= 1 ? 1 : s <= 0 ? 0 : 1 - min(1, (1 - b) / s)
    case .linearLight: return min(max(b + 2 * s - 1, 0), 1)
    case .vividLight:
      return s <= 0.5 ? BlendMode.colorBurn.channel(b, 2 * s) : BlendMode.colorDodge.channel(b, 2 * s - 1)
    case .pinLight: return s <= 0.5 ? min(b, 2 * s) : max(b, 2 * s - 1)
    case .hardMix: return b + s >= 1 ? 1 : 0
    case .grainExtract: return min(max(b - s + 0.5, 0), 1)
    case .grainMerge: return min(max(b + s - 0.5, 0), 1)
    case .hue, .saturation, .color, .luminosity: preconditionFailure("this mode mixes whole colors")
    }
  }

  /// B(Cb, Cs) of a mode that mixes whole colors, with the luminosity of linear light (ITU-R BT.709) where W3C has that of
  /// sRGB levels.
  fileprivate func color(_ b: SIMD3<Double>, _ s: SIMD3<Double>) -> SIMD3<Double> {
    switch self {
    case .hue: s.with(saturation: b.max() - b.min()).with(luminosity: b.luminosity)
    case .saturation: b.with(saturation: s.max() - s.min()).with(luminosity: b.luminosity)
    case .color: s.with(luminosity: b.luminosity)
    case .luminosity: b.with(luminosity: s.luminosity)
    default: preconditionFailure("this mode blends channels")
    }
  }
}

extension SIMD3<Double> {
  fileprivate var luminosity: Double { 0.2126 * x + 0.7152 * y + 0.0722 * z }

  /// W3C's SetSat.
  fileprivate func with(saturation: Double) -> Self {
    let range = self.max() - self.min()
    return range > 0 ? (self - self.min()) * (saturation / range) : .zero
  }

  /// W3C's SetLum and ClipColor.
  fileprivate func with(luminosity: Double) -> Self {
    var color = self + (luminosity - self.luminosity)
    let (low, high) = (color.min(), color.max())
    if low < 0 { color = luminosity + (color - luminosity) * (luminosity / (luminosity - low)) }
    if high > 1 { color = luminosity + (color - luminosity) * ((1 - luminosity) / (high - luminosity)) }
    return color
  }
}
