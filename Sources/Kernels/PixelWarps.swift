import CVector
import KernelTable

// Pictures read at coordinates between their pixels: 24.8 fixed point. Where registers can be sorted by bytes, planes are read
// by windows; else interleaved pixels of 32 bits, since planes take twelve loads of a byte for each pixel instead of two of
// eight bytes.
extension PixelLoops {
  @inline(never) static func interleave(_ out: UnsafeMutablePointer<UInt32>, _ source: ColorBytes, count: Int) {
    for i in 0..<count {
      out[i] = UInt32(source.red[i]) | UInt32(source.green[i]) &<< 8 | UInt32(source.blue[i]) &<< 16
    }
  }

  @inline(never) static func deinterleave(_ out: MutableColorBytes, _ pixels: UnsafePointer<UInt32>, count: Int) {
    for i in 0..<count {
      out.red[i] = UInt8(truncatingIfNeeded: pixels[i])
      out.green[i] = UInt8(truncatingIfNeeded: pixels[i] &>> 8)
      out.blue[i] = UInt8(truncatingIfNeeded: pixels[i] &>> 16)
    }
  }

  @inline(never) static func sample(
    _ out: UnsafeMutablePointer<UInt32>, _ pixels: UnsafePointer<UInt32>, stride: Int, x: UnsafePointer<Int32>,
    y: UnsafePointer<Int32>, count: Int
  ) {
    cv_sample(out, pixels, stride, x, y, count)
  }

  @inline(never) static func samplePlanes(
    _ out: MutableColorBytes, _ planes: ColorBytes, stride: Int, x: UnsafePointer<Int32>, y: UnsafePointer<Int32>,
    count: Int
  ) {
    cv_sample_planes(
      out.red, out.green, out.blue, planes.red, planes.green, planes.blue, stride, x, y, count)
  }

  @inline(never) static func samplePlane(
    _ out: MutableBytes, _ plane: Bytes, stride: Int, x: UnsafePointer<Int32>, y: UnsafePointer<Int32>, count: Int
  ) {
    cv_sample_plane(out, plane, stride, x, y, count)
  }

  static var prefersPlanes: Bool { cv_samples_by_windows() != 0 }

  @inline(never) static func coordinates(
    _ out: UnsafeMutablePointer<Int32>, _ curve: CoordinateCurve, low: Float, high: Float, count: Int
  ) {
    // In 1/256 and a half above it, so that truncating rounds; and one pixel above, so that nothing is negative.
    let (low, high) = ((low + 1) * 256 + 0.5, (high + 1) * 256 + 0.5)
    let scaled = CoordinateCurve(
      start: curve.start, constant: (curve.constant + 1) * 256 + 0.5, linear: curve.linear * 256,
      square: curve.square * 256, cubic: curve.cubic * 256)
    var places = firstPlaces
    var i = 0
    while i < count {
      store(cv_to_int(clamp(scaled.value(places), low, high)), to: out, at: i, count: count)
      places += splat(16)
      i &+= 16
    }
  }

  @inline(never) static func mirroredCoordinates(
    _ out: UnsafeMutablePointer<Int32>, _ curve: CoordinateCurve, high: Float, count: Int
  ) {
    var places = firstPlaces
    var i = 0
    while i < count {
      let thrownBack = splat(high) - magnitude(splat(high) - magnitude(curve.value(places)))
      let raised = (clamp(thrownBack, 0, high) + splat(1)) * splat(256) + splat(0.5)
      store(cv_to_int(raised), to: out, at: i, count: count)
      places += splat(16)
      i &+= 16
    }
  }

  /// Pixels are counted in floats: converting a counter of 64 bits took as long as the polynomials.
  @inline(__always) private static var firstPlaces: Lanes {
    Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  }

  /// Coordinates that are one pixel too great; those from `count` on are left out.
  @inline(__always) private static func store(
    _ raised: IntegerLanes, to out: UnsafeMutablePointer<Int32>, at i: Int, count: Int
  ) {
    let lanes = raised &- IntegerLanes(repeating: 256)
    if i &+ 16 <= count {
      UnsafeMutableRawPointer(out + i).storeBytes(of: lanes, as: IntegerLanes.self)
    } else {
      for k in i..<count { out[k] = lanes[k &- i] }
    }
  }

  @inline(never) static func coordinates(
    _ out: UnsafeMutablePointer<Int32>, start: Float, step: Float, offsets: Floats, low: Float, high: Float, count: Int
  ) {
    for i in 0..<count {
      out[i] = fixed(start + step * Float(Int32(truncatingIfNeeded: i)) + offsets[i], low, high)
    }
  }

  @inline(never) static func expandEights(_ out: MutableFloats, _ a: Floats, count: Int) {
    for i in 0..<count {
      let change = a[i &+ 1] - a[i]
      for k in 0..<8 { out[8 &* i &+ k] = a[i] + change * (Float(Int32(truncatingIfNeeded: k)) * 0.125) }
    }
  }

  /// In 1/256, rounded half up; limits are −1 or more.
  @inline(__always) private static func fixed(_ x: Float, _ low: Float, _ high: Float) -> Int32 {
    let raised = x > low ? x : low
    return cv_truncate(((raised < high ? raised : high) + 1) * 256 + 0.5) &- 256
  }
}

extension CoordinateCurve {
  @inline(__always) fileprivate func value(_ i: Lanes) -> Lanes {
    let d = i + splat(start)
    return ((splat(cubic) * d + splat(square)) * d + splat(linear)) * d + splat(constant)
  }
}
