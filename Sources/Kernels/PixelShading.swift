import CVector
import KernelTable

// The pointwise shaders.
extension PixelLoops {
  @inline(never) static func noise(
    _ out: UnsafeMutablePointer<Int16>, key: UInt32, amount: UInt16, size: Int, count: Int
  ) {
    let cells = (count &+ size &- 1) / size
    if size == 1 {
      for i in 0..<cells { out[i] = noiseValue(i, key, amount) }
    } else if size == 2 {
      for i in 0..<cells {
        let value = noiseValue(i, key, amount)
        out[2 &* i] = value
        out[2 &* i &+ 1] = value
      }
    } else {
      for i in 0..<cells {
        let value = noiseValue(i, key, amount)
        for k in 0..<size { out[i &* size &+ k] = value }
      }
    }
  }

  /// An odd number from −255 to 255 times amount / 65536, rounded. The hash is lowbias32 by C. Wellons (public domain).
  @inline(__always) private static func noiseValue(_ index: Int, _ key: UInt32, _ amount: UInt16) -> Int16 {
    var x = (UInt32(truncatingIfNeeded: index) &* 0x9E37_79B9) ^ key
    x ^= x &>> 16
    x = x &* 0x7FEB_352D
    x ^= x &>> 15
    x = x &* 0x846C_A68B
    let odd = Int32(x &>> 24) &* 2 &- 255
    return Int16(truncatingIfNeeded: (odd &* Int32(amount) &+ 32768) &>> 16)
  }

  @inline(never) static func addNoise(
    _ out: MutableBytes, _ source: Bytes, noise: UnsafePointer<Int16>, count: Int
  ) {
    for i in 0..<count {
      let sum = Int16(source[i]) &+ noise[i]
      let positive = sum > 0 ? sum : 0
      out[i] = UInt8(truncatingIfNeeded: positive < 255 ? positive : 255)
    }
  }

  /// c' = high − (high − c)·k. HSV saturation is (high − low) / high, so the factor is limited to its inverse.
  @inline(never) static func saturate(
    _ out: MutableBytes, _ source: Bytes, high: Bytes, low: Bytes, factor: Float, count: Int
  ) {
    for i in 0..<count {
      let chroma = Float(high[i] &- low[i])
      let limit = Float(high[i]) / (chroma > 0 ? chroma : 1)
      let k = factor < limit ? factor : limit
      let value = Float(high[i]) - Float(high[i] &- source[i]) * k
      out[i] = UInt8(truncatingIfNeeded: cv_truncate((value > 0 ? value : 0) + 0.5))
    }
  }

  @inline(never) static func threshold(
    _ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, limit: UInt16, count: Int
  ) {
    for i in 0..<count { out[i] = UInt16(red[i]) &+ UInt16(green[i]) &+ UInt16(blue[i]) > limit ? 255 : 0 }
  }
}
