import CVector
import KernelTable

/// Rounds half up; x in 0…255.
@inline(__always) private func roundedByte(_ x: Float) -> UInt8 { UInt8(truncatingIfNeeded: cv_truncate(x + 0.5)) }

// Floats of a row of cells to glyphs and bytes.
extension PixelLoops {
  @inline(never) static func glyphs(
    _ out: MutableWords, value: Floats, jitter: Floats, ramp: Words, count: Int
  ) -> Bool {
    var seen: UInt16 = 0
    for i in 0..<count {
      let v = unit(value[i])
      // Without the fade empty cells would sprout dots.
      let fade = v < 0.15 ? v * (1 / 0.15) : 1
      let glyph = ramp[Int(cv_truncate(unit(v + jitter[i] * fade) * 1023 + 0.5))]
      out[i] = glyph
      seen |= glyph
    }
    return seen != 0
  }

  @inline(never) static func gradientColors(
    _ red: MutableBytes, _ green: MutableBytes, _ blue: MutableBytes, at: Floats, brightness: Floats, table: Bytes,
    count: Int
  ) {
    for i in 0..<count {
      let entry = table + Int(cv_truncate(unit(at[i]) * 255 + 0.5))
      let level = unit(brightness[i])
      red[i] = roundedByte(Float(entry[0]) * level)
      green[i] = roundedByte(Float(entry[256]) * level)
      blue[i] = roundedByte(Float(entry[512]) * level)
    }
  }

  @inline(never) static func hueColors(
    _ red: MutableBytes, _ green: MutableBytes, _ blue: MutableBytes, hue: Floats, saturation: Floats,
    brightness: Floats, count: Int
  ) {
    for i in 0..<count {
      // Beyond 2^22 a Float has no fraction to speak of, and below it fits an Int32.
      let turns = hue[i] < 4_194_304 && hue[i] > -4_194_304 ? hue[i] : 0
      let cut = turns - Float(cv_truncate(turns))
      let sixths = (cut < 0 ? cut + 1 : cut) * 6
      let level = unit(brightness[i]) * 255
      let chroma = level * unit(saturation[i])
      red[i] = channel(5, sixths, level, chroma)
      green[i] = channel(3, sixths, level, chroma)
      blue[i] = channel(1, sixths, level, chroma)
    }
  }

  /// V − C·max(0, min(k, 4 − k, 1)) with k = (n + 6·hue) mod 6: HSV without branches.
  @inline(__always) private static func channel(_ n: Float, _ sixths: Float, _ level: Float, _ chroma: Float) -> UInt8 {
    let sum = n + sixths
    let k = sum < 6 ? sum : sum - 6
    let down = 4 - k
    let nearer = k < down ? k : down
    return roundedByte(level - chroma * unit(nearer))
  }

  @inline(never) static func componentColors(
    _ out: MutableBytes, component: Floats, brightness: Floats, count: Int
  ) {
    for i in 0..<count { out[i] = roundedByte(unit(component[i]) * 255 * unit(brightness[i])) }
  }

  @inline(never) static func washStrength(_ out: MutableFloats, wash: Floats, value: Floats, count: Int) {
    for i in 0..<count {
      let v = unit(value[i])
      let strength = unit(0.1 + unit(wash[i]) * (v * cv_square_root(v)))
      out[i] = wash[i] > 0 ? strength : 0
    }
  }

  @inline(never) static func washColors(
    _ out: MutableBytes, color: Bytes, strength: Floats, isOpaque: Bool, count: Int
  ) -> UInt8 {
    let otherwise: Float = isOpaque ? 0 : 1
    for i in 0..<count {
      out[i] = roundedByte(Float(color[i]) * (strength[i] > 0 ? strength[i] : otherwise))
    }
    return extremes(out, count).any
  }

  @inline(never) static func solidCells(
    _ out: MutableBytes, strength: Floats, count: Int
  ) -> (all: UInt8, any: UInt8) {
    for i in 0..<count { out[i] = strength[i] > 0 ? 255 : 0 }
    return extremes(out, count)
  }

  @inline(never) static func coverage(
    _ out: MutableBytes, mask: Floats, opacity: Float, count: Int
  ) -> (all: UInt8, any: UInt8) {
    let scale = unit(opacity) * 255
    for i in 0..<count { out[i] = roundedByte(unit(mask[i]) * scale) }
    return extremes(out, count)
  }

  @inline(__always) private static func extremes(_ a: MutableBytes, _ count: Int) -> (all: UInt8, any: UInt8) {
    var all: UInt8 = 255
    var any: UInt8 = 0
    for i in 0..<count {
      all &= a[i]
      any |= a[i]
    }
    return (all, any)
  }
}
