import CVector
import KernelTable

// Glow: the bright light of the picture, summed in blocks of 4 × 4, blurred in Float32 (a sixteenth of the pixels, so
// cheap) and added again. Light is the square of a byte, close to linear light and exact in 16 bits.
extension PixelLoops {
  @inline(never) static func addBrightLight(_ sum: MutableWords, _ source: Bytes, weight: Bytes, count: Int) {
    for i in 0..<count {
      let c = UInt16(source[i])
      sum[i] &+= (c &* dividedBy255(c &* UInt16(weight[i])) &+ 2) &>> 2
    }
  }

  @inline(never) static func addAbove(_ sum: MutableWords, _ source: Bytes, threshold: UInt8, count: Int) {
    for i in 0..<count { sum[i] &+= source[i] > threshold ? UInt16(source[i]) : 0 }
  }

  @inline(never) static func sumFours(_ out: MutableFloats, _ a: Words, scale: Float, count: Int) {
    for i in 0..<count {
      let pair = UInt32(a[4 &* i]) &+ UInt32(a[4 &* i &+ 1])
      let next = UInt32(a[4 &* i &+ 2]) &+ UInt32(a[4 &* i &+ 3])
      out[i] = Float(Int32(bitPattern: pair &+ next)) * scale
    }
  }

  @inline(never) static func sumFours(_ out: MutableFloats, _ a: Floats, scale: Float, count: Int) {
    for i in 0..<count {
      out[i] = ((a[4 &* i] + a[4 &* i &+ 1]) + (a[4 &* i &+ 2] + a[4 &* i &+ 3])) * scale
    }
  }

  /// Four vectors at a time share the loads of pointer and weight. Of 8 lanes, since most loads cross a cache line when
  /// they have 16 (AVX-512: 1.5 times slower).
  @inline(never) static func weightedSum(
    _ out: MutableFloats, rows: UnsafePointer<Floats>, weights: Floats, taps: Int, count: Int
  ) {
    typealias Lanes = SIMD8<Float>
    let target = UnsafeMutableRawPointer(out)
    var i = 0
    while i < count {
      let offset = i &* 4
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for k in 0..<taps {
        let row = UnsafeRawPointer(rows[k]) + offset
        let weight = Lanes(repeating: weights[k])
        a += row.loadUnaligned(as: Lanes.self) * weight
        b += row.loadUnaligned(fromByteOffset: 32, as: Lanes.self) * weight
        c += row.loadUnaligned(fromByteOffset: 64, as: Lanes.self) * weight
        d += row.loadUnaligned(fromByteOffset: 96, as: Lanes.self) * weight
      }
      target.storeBytes(of: a, toByteOffset: offset, as: Lanes.self)
      target.storeBytes(of: b, toByteOffset: offset &+ 32, as: Lanes.self)
      target.storeBytes(of: c, toByteOffset: offset &+ 64, as: Lanes.self)
      target.storeBytes(of: d, toByteOffset: offset &+ 96, as: Lanes.self)
      i &+= 32
    }
  }

  @inline(never) static func expandFours(_ out: MutableFloats, _ a: Floats, count: Int) {
    for i in 0..<count {
      let (left, middle, right) = (a[i &- 1], a[i], a[i &+ 1])
      out[4 &* i] = left * 0.375 + middle * 0.625
      out[4 &* i &+ 1] = left * 0.125 + middle * 0.875
      out[4 &* i &+ 2] = middle * 0.875 + right * 0.125
      out[4 &* i &+ 3] = middle * 0.625 + right * 0.375
    }
  }

  @inline(never) static func addLight(
    _ out: MutableBytes, _ source: Bytes, _ a: Floats, _ wa: Float, _ b: Floats, _ wb: Float, count: Int
  ) {
    for i in 0..<count {
      let c = Float(source[i])
      let root = cv_square_root(c * c + (a[i] * wa + b[i] * wb)) + 0.5
      out[i] = UInt8(truncatingIfNeeded: cv_truncate(root < 255 ? root : 255))
    }
  }

  @inline(never) static func quantizeGlow(_ out: MutableWords, _ a: Floats, scale: Float, count: Int) {
    for i in 0..<count {
      let glow = a[i] * scale + 0.5
      out[i] = UInt16(truncatingIfNeeded: cv_truncate(glow < 4080 ? glow : 4080))
    }
  }

  @inline(never) static func addGlow(
    _ out: MutableBytes, _ source: Bytes, _ a: Words, _ b: Words, eighths: UInt16, count: Int
  ) {
    for i in 0..<count {
      let glow = a[i] &* (8 &- eighths) &+ b[i] &* eighths
      let sum = UInt16(source[i]) &+ ((glow &+ 64) &>> 7)
      out[i] = byte(sum < 255 ? sum : 255)
    }
  }
}
