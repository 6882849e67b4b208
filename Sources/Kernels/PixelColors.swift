import CVector
import KernelTable

// Whole colors: luminance, random colors.
extension PixelLoops {
  @inline(never) static func luminance(_ out: MutableBytes, _ source: ColorBytes, count: Int) {
    for i in 0..<count {
      let sum = UInt16(source.red[i]) &* 54 &+ UInt16(source.green[i]) &* 183 &+ UInt16(source.blue[i]) &* 19 &+ 128
      out[i] = byte(sum &>> 8)
    }
  }

  /// The mask and the color come from two hashes (lowbias32 by C. Wellons, public domain) of column and key.
  @inline(never) static func scatter(
    mask: MutableBytes, _ out: MutableColorBytes, key: UInt32, limit: UInt32, count: Int
  ) {
    for i in 0..<count {
      let choice = hash((UInt32(truncatingIfNeeded: i) &* 0x9E37_79B9) ^ key)
      let color = hash(choice &+ 0x9E37_79B9)
      mask[i] = choice &>> 16 < limit ? 255 : 0
      out.red[i] = UInt8(truncatingIfNeeded: color &>> 24)
      out.green[i] = UInt8(truncatingIfNeeded: color &>> 16)
      out.blue[i] = UInt8(truncatingIfNeeded: color &>> 8)
    }
  }

  @inline(__always) private static func hash(_ input: UInt32) -> UInt32 {
    var x = input
    x = (x ^ (x &>> 16)) &* 0x7FEB_352D
    x = (x ^ (x &>> 15)) &* 0x846C_A68B
    return x ^ (x &>> 16)
  }

  @inline(never) static func dither(
    _ out: MutableBytes, _ source: Bytes, thresholds: Bytes, steps: UInt16, count: Int
  ) {
    for i in 0..<count {
      let x = UInt16(source[i]) &* steps &+ UInt16(thresholds[i])
      // The quotient by 255, rounded down; exact below 65 535.
      out[i] = byte((x &+ 1 &+ (x &>> 8)) &>> 8)
    }
  }

  @inline(never) static func shares(_ out: MutableFloats, _ source: Bytes, count: Int) {
    for i in 0..<count { out[i] = Float(source[i]) * (1 / 255) }
  }

  @inline(never) static func levels(_ out: MutableBytes, _ shares: Floats, count: Int) {
    for i in 0..<count { out[i] = level(shares[i] * 255) }
  }

  @inline(never) static func unpremultiply(_ out: MutableBytes, _ source: Bytes, alpha: Bytes, count: Int) {
    for i in 0..<count {
      let a = Float(alpha[i])
      out[i] = level(a > 0 ? Float(source[i]) * 255 / a : 0)
    }
  }
}
