import KernelTable

// R'G'B' full range to Y'CbCr BT.709 limited range (ITU-R BT.709-6, 3.5 and 3.6).
extension PixelLoops {
  @inline(never) static func luma(_ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, count: Int) {
    for i in 0..<count {
      let sum = UInt16(red[i]) &* 47 &+ UInt16(green[i]) &* 157 &+ UInt16(blue[i]) &* 16 &+ 128
      out[i] = byte((sum &>> 8) &+ 16)
    }
  }

  @inline(never) static func sumSquares(_ out: MutableWords, _ upper: Bytes, _ lower: Bytes, count: Int) {
    var i = 0
    while i &+ WordLanes.count <= count {
      let (above, below) = (Levels(upper, at: 2 &* i), Levels(lower, at: 2 &* i))
      (above.even &+ above.odd &+ below.even &+ below.odd).store(to: out, at: i)
      i &+= WordLanes.count
    }
    for i in i..<count {
      let above = UInt16(upper[2 &* i]) &+ UInt16(upper[2 &* i &+ 1])
      out[i] = above &+ UInt16(lower[2 &* i]) &+ UInt16(lower[2 &* i &+ 1])
    }
  }

  /// Coefficients in 1/1024 (the sums are four pixels, so 1/4096 in all); each row adds up to 0, so grey is exactly 128.
  @inline(never) static func chroma(
    _ u: MutableBytes, _ v: MutableBytes, red: Words, green: Words, blue: Words, count: Int
  ) {
    for i in 0..<count {
      let (r, g, b) = (Int32(red[i]), Int32(green[i]), Int32(blue[i]))
      u[i] = UInt8(truncatingIfNeeded: ((450 &* b &- 103 &* r &- 347 &* g &+ 2048) &>> 12) &+ 128)
      v[i] = UInt8(truncatingIfNeeded: ((450 &* r &- 409 &* g &- 41 &* b &+ 2048) &>> 12) &+ 128)
    }
  }
}
