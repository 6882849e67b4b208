import CVector
import KernelTable

// Sums over neighbours: blurs, edges, blocks.
extension PixelLoops {
  /// As `weightedSum` of floats: four vectors at a time share the loads of pointer and weight.
  @inline(never) static func weightedSum(
    _ out: MutableFloats, rows: UnsafePointer<Bytes>, weights: Floats, taps: Int, count: Int
  ) {
    typealias Lanes = SIMD8<Float>
    let target = UnsafeMutableRawPointer(out)
    var i = 0
    while i < count {
      var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for k in 0..<taps {
        let row = UnsafeRawPointer(rows[k]) + i
        let weight = Lanes(repeating: weights[k])
        a += widened(row) * weight
        b += widened(row + 8) * weight
        c += widened(row + 16) * weight
        d += widened(row + 24) * weight
      }
      target.storeBytes(of: a, toByteOffset: 4 &* i, as: Lanes.self)
      target.storeBytes(of: b, toByteOffset: 4 &* i &+ 32, as: Lanes.self)
      target.storeBytes(of: c, toByteOffset: 4 &* i &+ 64, as: Lanes.self)
      target.storeBytes(of: d, toByteOffset: 4 &* i &+ 96, as: Lanes.self)
      i &+= 32
    }
  }

  @inline(__always) private static func widened(_ row: UnsafeRawPointer) -> SIMD8<Float> {
    cv_from_bytes(row.loadUnaligned(as: SIMD8<UInt8>.self))
  }

  @inline(never) static func mix(
    _ out: MutableBytes, _ source: Bytes, weight: Float, _ a: Floats, _ wa: Float, _ b: Floats, _ wb: Float, count: Int
  ) {
    for i in 0..<count { out[i] = level(Float(source[i]) * weight + (a[i] * wa + b[i] * wb)) }
  }

  @inline(never) static func addRow(_ sum: MutableWords, _ source: Bytes, count: Int) {
    for i in 0..<count { sum[i] &+= UInt16(source[i]) }
  }

  @inline(never) static func average(_ out: MutableBytes, _ sum: Words, of n: Int, count: Int) {
    let (half, divisor) = (Float(n) * 0.5, 1 / Float(n))
    for i in 0..<count {
      // The fraction is at least 1/2n away from a whole number, far more than the product's error.
      out[i] = UInt8(truncatingIfNeeded: cv_truncate((Float(sum[i]) + half + 0.25) * divisor))
    }
  }

  @inline(never) static func sumGroups(_ out: MutableFloats, _ a: Words, size: Int, scale: Float, count: Int) {
    for i in 0..<count {
      var sum: Int32 = 0
      for k in 0..<size { sum &+= Int32(a[i &* size &+ k]) }
      out[i] = Float(sum) * scale
    }
  }

  @inline(never) static func halve(_ out: MutableFloats, _ a: Floats, count: Int) {
    for i in 0..<count {
      out[i] = (a[2 &* i &- 1] + a[2 &* i &+ 2]) * 0.125 + (a[2 &* i] + a[2 &* i &+ 1]) * 0.375
    }
  }

  @inline(never) static func double(_ out: MutableFloats, _ a: Floats, count: Int) {
    for i in 0..<count {
      out[2 &* i] = a[i &- 1] * 0.25 + a[i] * 0.75
      out[2 &* i &+ 1] = a[i] * 0.75 + a[i &+ 1] * 0.25
    }
  }

  @inline(never) static func transpose(
    _ out: MutableBytes, stride outStride: Int, _ source: Bytes, stride: Int, width: Int, height: Int
  ) {
    for y in 0..<height {
      let row = source + y &* stride
      for x in 0..<width { out[x &* outStride &+ y] = row[x] }
    }
  }

  @inline(never) static func edges(_ out: MutableFloats, above: Bytes, _ row: Bytes, below: Bytes, count: Int) {
    for i in 0..<count {
      let across = Float(Int32(row[i &+ 1]) &- Int32(row[i &- 1]))
      let down = Float(Int32(below[i]) &- Int32(above[i]))
      let slope = 2 * cv_square_root(across * across + down * down)
      out[i] = slope < 255 ? slope : 255
    }
  }

  @inline(never) static func dots(
    _ out: MutableBytes, levels: Bytes, distance: Floats, scale: Float, count: Int
  ) {
    for i in 0..<count { out[i] = level((Float(levels[i]) * scale - distance[i] + 0.5) * 255) }
  }

  @inline(never) static func reverse(_ out: MutableBytes, _ source: Bytes, count: Int) {
    for i in 0..<count { out[i] = source[count &- 1 &- i] }
  }
}
