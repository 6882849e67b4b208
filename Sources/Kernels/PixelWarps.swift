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
    for i in 0..<count { out[i] = fixed(curve.value(i), low, high) }
  }

  @inline(never) static func mirroredCoordinates(
    _ out: UnsafeMutablePointer<Int32>, _ curve: CoordinateCurve, high: Float, count: Int
  ) {
    for i in 0..<count {
      let overshoot = high - magnitude(curve.value(i))
      out[i] = fixed(high - magnitude(overshoot), 0, high)
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

  @inline(__always) private static func magnitude(_ x: Float) -> Float { x < 0 ? 0 - x : x }
}

extension CoordinateCurve {
  @inline(__always) fileprivate func value(_ i: Int) -> Float {
    let d = start + Float(Int32(truncatingIfNeeded: i))
    return ((cubic * d + square) * d + linear) * d + constant
  }
}
