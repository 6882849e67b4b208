import CVector
import KernelTable

/// Levels, or products of levels, in a register: 32 with AVX-512, else 16. A number stands for as many of it.
struct WordLanes: ExpressibleByIntegerLiteral {
  @inline(__always) static var count: Int { Int(CV_WORD_COUNT) }

  var words: cv_words

  @inline(__always) init(_ words: cv_words) { self.words = words }
  @inline(__always) init(repeating word: UInt16) { words = cv_splat_word(word) }
  @inline(__always) init(integerLiteral word: UInt16) { self.init(repeating: word) }

  @inline(__always) static func &+ (a: Self, b: Self) -> Self { Self(cv_add_words(a.words, b.words)) }
  @inline(__always) static func &- (a: Self, b: Self) -> Self { Self(cv_subtract_words(a.words, b.words)) }
  @inline(__always) static func &* (a: Self, b: Self) -> Self { Self(cv_multiply_words(a.words, b.words)) }
  @inline(__always) static func & (a: Self, b: Self) -> Self { Self(cv_and_words(a.words, b.words)) }
  @inline(__always) static func | (a: Self, b: Self) -> Self { Self(cv_or_words(a.words, b.words)) }
  @inline(__always) static func &<< (x: Self, count: Int32) -> Self { Self(cv_shift_words_left(x.words, count)) }
  @inline(__always) static func &>> (x: Self, count: Int32) -> Self { Self(cv_shift_words_right(x.words, count)) }

  /// The high halves of the products.
  @inline(__always) static func highProduct(_ a: Self, _ b: Self) -> Self {
    Self(cv_multiply_high(a.words, b.words))
  }
  @inline(__always) static func minimum(_ a: Self, _ b: Self) -> Self { Self(cv_min_words(a.words, b.words)) }
  @inline(__always) static func maximum(_ a: Self, _ b: Self) -> Self { Self(cv_max_words(a.words, b.words)) }
  /// a + b, at most 65535.
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { Self(cv_add_words_saturated(a.words, b.words)) }
  /// How far a is above b, else 0.
  @inline(__always) static func excess(_ a: Self, over b: Self) -> Self {
    Self(cv_subtract_words_saturated(a.words, b.words))
  }
  /// x where a ≥ b, else y.
  @inline(__always) static func choose(_ x: Self, where a: Self, isAtLeast b: Self, else y: Self) -> Self {
    Self(cv_choose_at_least(a.words, b.words, x.words, y.words))
  }
  /// This where it is above the limit, else 0.
  @inline(__always) func kept(above limit: Self) -> Self { Self(cv_keep_above(words, limit.words)) }
}

extension WordLanes {
  /// round(a · b / 65535): with p the product and t = p + 2^15 it is (t + t / 2^16) / 2^16.
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self {
    let low = a &* b
    let high = highProduct(a, b) &+ (low &>> 15)
    return Self(cv_count_below(high.words, (low &+ 0x8000 &+ high).words, high.words))
  }

  /// From a towards b by `share` / 65536 of the way, rounded towards a.
  @inline(__always) static func between(_ a: Self, _ b: Self, _ share: Self) -> Self {
    a &+ highProduct(excess(b, over: a), share) &- highProduct(excess(a, over: b), share)
  }

  /// 65535 − x.
  @inline(__always) var inverted: Self { 65535 &- self }
}

/// Twice as many neighbouring levels: those at even and those at odd places. Taking them apart by a mask and a shift costs
/// less than widening bytes in their order.
struct Levels {
  @inline(__always) static var count: Int { 2 * WordLanes.count }

  var even: WordLanes
  var odd: WordLanes

  @inline(__always) init(even: WordLanes, odd: WordLanes) {
    self.even = even
    self.odd = odd
  }

  @inline(__always) init(_ row: Bytes, at offset: Int) {
    let pairs = WordLanes(UnsafeRawPointer(row + offset).loadUnaligned(as: cv_words.self))
    even = pairs & 255
    odd = pairs &>> 8
  }

  /// Precondition: no level is above 255.
  @inline(__always) func store(to row: MutableBytes, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: (even | odd &<< 8).words, as: cv_words.self)
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
    words = UnsafeRawPointer(row + offset).loadUnaligned(as: cv_words.self)
  }

  /// Neighbouring levels in their order.
  @inline(__always) init(_ row: Bytes, at offset: Int) {
    words = cv_widen(UnsafeRawPointer(row + offset).loadUnaligned(as: cv_word_bytes.self))
  }

  @inline(__always) func store(to row: MutableWords, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: words, as: cv_words.self)
  }

  /// Precondition: no level is above 255.
  @inline(__always) func store(to row: MutableBytes, at offset: Int) {
    UnsafeMutableRawPointer(row + offset).storeBytes(of: cv_narrow(words), as: cv_word_bytes.self)
  }
}

/// round(x / 255), exact for x up to 65 025: (y + y / 256) / 256 is y · 257 / 65536.
@inline(__always) func dividedBy255(_ x: WordLanes) -> WordLanes {
  .highProduct(x &+ 128, 257)
}

@inline(__always) func dividedBy255(_ x: Levels) -> Levels {
  Levels(even: dividedBy255(x.even), odd: dividedBy255(x.odd))
}
