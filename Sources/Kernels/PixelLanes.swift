import CVector
import KernelTable

/// 16 levels, or products of levels.
typealias Lanes = SIMD16<UInt16>

/// 32 neighbouring levels: those at even and those at odd places. Taking them apart by a mask and a shift costs less than
/// widening bytes in their order.
struct Levels {
  static let count = 32

  var even: Lanes
  var odd: Lanes

  @inline(__always) init(even: Lanes, odd: Lanes) {
    self.even = even
    self.odd = odd
  }

  @inline(__always) init(_ row: Bytes, at offset: Int) {
    let pairs = UnsafeRawPointer(row + offset).loadUnaligned(as: Lanes.self)
    even = pairs & 255
    odd = pairs &>> 8
  }

  /// Precondition: no level is above 255.
  @inline(__always) func store(to row: MutableBytes, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: even | odd &<< 8, as: Lanes.self)
  }

  /// 255 − x.
  @inline(__always) var complement: Levels { Levels(even: 255 &- even, odd: 255 &- odd) }

  @inline(__always) static func &+ (a: Levels, b: Levels) -> Levels {
    Levels(even: a.even &+ b.even, odd: a.odd &+ b.odd)
  }

  @inline(__always) static func &* (a: Levels, b: Levels) -> Levels {
    Levels(even: a.even &* b.even, odd: a.odd &* b.odd)
  }
}

extension Lanes {
  @inline(__always) init(_ row: Words, at offset: Int) {
    self = UnsafeRawPointer(row + offset).loadUnaligned(as: Lanes.self)
  }

  /// 16 neighbouring levels in their order.
  @inline(__always) init(_ row: Bytes, at offset: Int) {
    self = cv_widen(UnsafeRawPointer(row + offset).loadUnaligned(as: SIMD16<UInt8>.self))
  }

  @inline(__always) func store(to row: MutableWords, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: self, as: Lanes.self)
  }

  /// Precondition: no level is above 255.
  @inline(__always) func store(to row: MutableBytes, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: cv_narrow(self), as: SIMD16<UInt8>.self)
  }
}

/// round(x / 255), exact for x up to 65 025: (y + y / 256) / 256 is y · 257 / 65536.
@inline(__always) func dividedBy255(_ x: Lanes) -> Lanes { cv_multiply_high(x &+ 128, Lanes(repeating: 257)) }

@inline(__always) func dividedBy255(_ x: Levels) -> Levels {
  Levels(even: dividedBy255(x.even), odd: dividedBy255(x.odd))
}
