import CVector
import KernelTable

// Glow: the bright light of the picture, summed in blocks of 4 × 4, blurred in Float32 (a sixteenth of the pixels, so
// cheap) and added again. Light is the square of a byte, close to linear light and exact in 16 bits.
extension PixelLoops {
  @inline(never) static func brightWeight(_ out: MutableWords, _ maximum: Bytes, start: UInt16, count: Int) {
    for i in 0..<count {
      let light = ((UInt16(maximum[i]) &* UInt16(maximum[i])) &>> 1) &+ 0x8000
      let above = light > start ? light &- start : 0
      // Half of 0.5 · 65 025, times 4 the whole range of 16 bits.
      let t = (above < 16256 ? above : 16256) &* 4
      let square = highProduct(t, t)
      let cube = highProduct(square, t)
      // 3t² − 2t³ in quarters: 3t² alone would overflow.
      let quarter = (square &>> 2) &* 3 &- (cube &>> 2) &* 2
      out[i] = quarter < 16383 ? quarter &* 4 : 65535
    }
  }

  @inline(never) static func addBrightLight(_ sum: MutableWords, _ source: Bytes, weight: Words, count: Int) {
    for i in 0..<count {
      let light = highProduct(UInt16(source[i]) &* UInt16(source[i]), weight[i])
      sum[i] &+= (light &+ 2) &>> 2
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

  @inline(never) static func weightedSum(
    _ out: MutableFloats, rows: UnsafePointer<Floats>, weights: Floats, taps: Int, count: Int
  ) {
    let target = UnsafeMutableRawPointer(out)
    var i = 0
    while i < count {
      let offset = i &* 4
      var sum = SIMD16<Float>(repeating: 0)
      for k in 0..<taps {
        let row = UnsafeRawPointer(rows[k]).loadUnaligned(fromByteOffset: offset, as: SIMD16<Float>.self)
        sum += row * SIMD16<Float>(repeating: weights[k])
      }
      target.storeBytes(of: sum, toByteOffset: offset, as: SIMD16<Float>.self)
      i &+= 16
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

  @inline(never) static func addGlow(
    _ out: MutableBytes, _ source: Bytes, _ a: Floats, _ wa: Float, _ b: Floats, _ wb: Float, count: Int
  ) {
    for i in 0..<count {
      let sum = Float(source[i]) + (a[i] * wa + b[i] * wb) + 0.5
      out[i] = UInt8(truncatingIfNeeded: cv_truncate(sum < 255 ? sum : 255))
    }
  }
}
