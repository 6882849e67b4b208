import CVector
import KernelTable

/// This build's pixel loops; the files `Pixel….swift` hold one group each.
///
/// Most are plain loops that the compiler vectorises for the target's instruction set. What keeps them so: 16-bit
/// intermediates, wrapping operators, no traps, no closures, and no aliasing.
enum PixelLoops: PixelKernels {}

/// This build's pixel loops.
public let pixelKernels: any PixelKernels.Type = PixelLoops.self

/// round(x / 255), exact for x up to 65 025.
@inline(__always) func dividedBy255(_ x: UInt16) -> UInt16 {
  let y = x &+ 128
  return (y &+ (y &>> 8)) &>> 8
}

@inline(__always) func byte(_ x: UInt16) -> UInt8 { UInt8(truncatingIfNeeded: x) }

/// Limited to 0…255 and rounded half up.
@inline(__always) func level(_ x: Float) -> UInt8 {
  let positive = x > 0 ? x : 0
  return UInt8(truncatingIfNeeded: cv_truncate((positive < 255 ? positive : 255) + 0.5))
}

/// x limited to 0…1, and 0 for NaN.
@inline(__always) func unit(_ x: Float) -> Float {
  let positive = x > 0 ? x : 0
  return positive < 1 ? positive : 1
}
