import CVector
import KernelTable

// Glow: the bright light of the picture, summed in blocks of 4 × 4, blurred (a sixteenth of the pixels, so cheap) and
// added again. The wide glow's light is the square of a byte, close to linear light and exact in 16 bits, and is blurred in
// Float32; the small glow stays in levels and words.
extension PixelLoops {
  @inline(never) static func addBrightLight(_ sums: MutableWords, _ source: Bytes, weight: Bytes, count: Int) {
    var i = 0
    while i &+ Levels.count <= count {
      let (level, share) = (Levels(source, at: i), Levels(weight, at: i))
      let light = level &* dividedBy255(level &* share)
      add(((light.even &+ 4) &>> 3) &+ ((light.odd &+ 4) &>> 3), to: sums, at: i / 2)
      i &+= Levels.count
    }
    for i in i / 2..<count / 2 { sums[i] &+= brightLight(2 &* i) &+ brightLight(2 &* i &+ 1) }

    func brightLight(_ i: Int) -> UInt16 {
      let level = UInt16(source[i])
      return (level &* dividedBy255(level &* UInt16(weight[i])) &+ 4) &>> 3
    }
  }

  @inline(never) static func addAbove(_ sums: MutableWords, _ source: Bytes, threshold: UInt8, count: Int) {
    let limit = WordLanes(repeating: UInt16(threshold))
    var i = 0
    while i &+ Levels.count <= count {
      let level = Levels(source, at: i)
      add(level.even.kept(above: limit) &+ level.odd.kept(above: limit), to: sums, at: i / 2)
      i &+= Levels.count
    }
    for i in i / 2..<count / 2 { sums[i] &+= kept(2 &* i) &+ kept(2 &* i &+ 1) }

    func kept(_ i: Int) -> UInt16 { source[i] > threshold ? UInt16(source[i]) : 0 }
  }

  @inline(__always) private static func add(_ lanes: WordLanes, to sums: MutableWords, at offset: Int) {
    (WordLanes(sums, at: offset) &+ lanes).store(to: sums, at: offset)
  }

  @inline(never) static func sumPairs(_ out: MutableFloats, _ a: Words, scale: Float, count: Int) {
    for i in 0..<count {
      let sum = UInt32(a[2 &* i]) &+ UInt32(a[2 &* i &+ 1])
      out[i] = Float(Int32(bitPattern: sum)) * scale
    }
  }

  @inline(never) static func scaleWords(_ out: MutableFloats, _ a: Words, scale: Float, count: Int) {
    for i in 0..<count { out[i] = Float(Int32(a[i])) * scale }
  }

  @inline(never) static func averagePairs(_ out: MutableWords, _ a: Words, count: Int) {
    for i in 0..<count { out[i] = (a[2 &* i] &+ a[2 &* i &+ 1] &+ 1) &>> 1 }
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

  @inline(never) static func tripleBox(
    _ out: MutableWords, rows: UnsafePointer<Words>, scale: UInt16, count: Int
  ) {
    let half = 32768 / scale
    var i = 0
    while i &+ WordLanes.count <= count {
      let ones = WordLanes(rows[0], at: i) &+ WordLanes(rows[6], at: i)
      let threes = WordLanes(rows[1], at: i) &+ WordLanes(rows[5], at: i)
      let sixes = WordLanes(rows[2], at: i) &+ WordLanes(rows[4], at: i)
      let sum = ones &+ threes &* 3 &+ sixes &* 6 &+ WordLanes(rows[3], at: i) &* 7
      let mean = WordLanes.highProduct(sum &+ WordLanes(repeating: half), WordLanes(repeating: scale))
      WordLanes.minimum(mean, 4080).store(to: out, at: i)
      i &+= WordLanes.count
    }
    for i in i..<count {
      let (ones, threes, sixes) = (rows[0][i] &+ rows[6][i], rows[1][i] &+ rows[5][i], rows[2][i] &+ rows[4][i])
      let sum = ones &+ threes &* 3 &+ sixes &* 6 &+ rows[3][i] &* 7
      let mean = (UInt32(sum &+ half) &* UInt32(scale)) &>> 16
      out[i] = UInt16(truncatingIfNeeded: mean < 4080 ? mean : 4080)
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

  @inline(never) static func expandTwos(_ out: MutableFloats, _ a: Floats, count: Int) {
    for i in 0..<count {
      out[2 &* i] = a[i &- 1] * 0.25 + a[i] * 0.75
      out[2 &* i &+ 1] = a[i] * 0.75 + a[i &+ 1] * 0.25
    }
  }

  @inline(never) static func mixEighths(
    _ out: MutableWords, _ a: Words, _ b: Words, eighths: UInt16, count: Int
  ) {
    for i in 0..<count { out[i] = (a[i] &* (8 &- eighths) &+ b[i] &* eighths &+ 4) &>> 3 }
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

  /// As many blocks of four pixels at a time as a register holds: rows of glow as wide as the picture did not stay in the
  /// first cache.
  @inline(never) static func addGlow(_ out: MutableBytes, _ source: Bytes, glow: Words, count: Int) {
    var i = 0
    while i &+ 4 &* WordLanes.count <= count {
      let (left, middle) = (WordLanes(glow, at: i / 4 &- 1), WordLanes(glow, at: i / 4))
      let right = WordLanes(glow, at: i / 4 &+ 1)
      let (first, second) = (levels(left &* 3 &+ middle &* 5), levels(left &+ middle &* 7))
      let (third, fourth) = (levels(middle &* 7 &+ right), levels(middle &* 5 &+ right &* 3))
      cv_add_fours(out + i, source + i, (first | second &<< 8).words, (third | fourth &<< 8).words)
      i &+= 4 &* WordLanes.count
    }
    for i in i..<count {
      let (left, middle, right) = (glow[i / 4 &- 1], glow[i / 4], glow[i / 4 &+ 1])
      let sum =
        switch i & 3 {
        case 0: left &* 3 &+ middle &* 5
        case 1: left &+ middle &* 7
        case 2: middle &* 7 &+ right
        default: middle &* 5 &+ right &* 3
        }
      let level = UInt16(source[i]) &+ (sum &+ 64) &>> 7
      out[i] = byte(level < 255 ? level : 255)
    }
  }

  /// 128ths of a level to levels, rounded.
  @inline(__always) private static func levels(_ sum: WordLanes) -> WordLanes { (sum &+ 64) &>> 7 }
}
