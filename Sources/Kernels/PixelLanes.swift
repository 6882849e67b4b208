import CVector
import KernelTable

/// 16 levels, or products of levels.
typealias WordLanes = SIMD16<UInt16>

/// 32 neighbouring levels: those at even and those at odd places. Taking them apart by a mask and a shift costs less than
/// widening bytes in their order.
struct Levels {
  static let count = 32

  var even: WordLanes
  var odd: WordLanes

  @inline(__always) init(even: WordLanes, odd: WordLanes) {
    self.even = even
    self.odd = odd
  }

  @inline(__always) init(_ row: Bytes, at offset: Int) {
    let pairs = UnsafeRawPointer(row + offset).loadUnaligned(as: WordLanes.self)
    even = pairs & 255
    odd = pairs &>> 8
  }

  /// Precondition: no level is above 255.
  @inline(__always) func store(to row: MutableBytes, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: even | odd &<< 8, as: WordLanes.self)
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

extension WordLanes {
  @inline(__always) init(_ row: Words, at offset: Int) {
    self = UnsafeRawPointer(row + offset).loadUnaligned(as: WordLanes.self)
  }

  /// 16 neighbouring levels in their order.
  @inline(__always) init(_ row: Bytes, at offset: Int) {
    self = cv_widen(UnsafeRawPointer(row + offset).loadUnaligned(as: SIMD16<UInt8>.self))
  }

  @inline(__always) func store(to row: MutableWords, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: self, as: WordLanes.self)
  }

  /// Precondition: no level is above 255.
  @inline(__always) func store(to row: MutableBytes, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: cv_narrow(self), as: SIMD16<UInt8>.self)
  }
}

/// round(x / 255), exact for x up to 65 025: (y + y / 256) / 256 is y · 257 / 65536.
@inline(__always) func dividedBy255(_ x: WordLanes) -> WordLanes {
  cv_multiply_high(x &+ 128, WordLanes(repeating: 257))
}

@inline(__always) func dividedBy255(_ x: Levels) -> Levels {
  Levels(even: dividedBy255(x.even), odd: dividedBy255(x.odd))
}
