import CVector
import KernelTable

// Tables, gains and histograms.
extension PixelLoops {
  @inline(never) static func lookup(_ out: MutableBytes, _ source: Bytes, table: Bytes, count: Int) {
    cv_lookup(out, source, table, count)
  }

  @inline(never) static func maximum(
    _ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, count: Int
  ) {
    for i in 0..<count {
      let high = red[i] > green[i] ? red[i] : green[i]
      out[i] = high > blue[i] ? high : blue[i]
    }
  }

  @inline(never) static func minimum(
    _ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, count: Int
  ) {
    for i in 0..<count {
      let low = red[i] < green[i] ? red[i] : green[i]
      out[i] = low < blue[i] ? low : blue[i]
    }
  }

  // A byte times a gain of 16 bits: the byte, moved up by 8, makes the high half of a product of words the product / 256.

  @inline(never) static func amplify(
    _ out: MutableBytes, _ source: Bytes, gainLow: Bytes, gainHigh: Bytes, count: Int
  ) {
    var i = 0
    while i &+ Levels.count <= count {
      let (level, low, high) = (Levels(source, at: i), Levels(gainLow, at: i), Levels(gainHigh, at: i))
      Levels(
        even: amplified(level.even, low.even | high.even &<< 8), odd: amplified(level.odd, low.odd | high.odd &<< 8)
      ).store(to: out, at: i)
      i &+= Levels.count
    }
    for i in i..<count {
      let product = UInt32(source[i]) &* (UInt32(gainLow[i]) | UInt32(gainHigh[i]) &<< 8)
      let rounded = ((product &>> 8) &+ 16) &>> 5
      out[i] = UInt8(truncatingIfNeeded: rounded < 255 ? rounded : 255)
    }
  }

  @inline(__always) private static func amplified(_ level: WordLanes, _ gain: WordLanes) -> WordLanes {
    let rounded = (WordLanes.highProduct(level &<< 8, gain) &+ 16) &>> 5
    return .minimum(rounded, 255)
  }

  @inline(never) static func attenuate(_ out: MutableBytes, _ source: Bytes, gain: Words, count: Int) {
    var i = 0
    while i &+ WordLanes.count <= count {
      attenuated(WordLanes(source, at: i), WordLanes(gain, at: i)).store(to: out, at: i)
      i &+= WordLanes.count
    }
    for i in i..<count { out[i] = attenuated(source[i], gain[i]) }
  }

  @inline(never) static func attenuate(_ out: MutableBytes, _ source: Bytes, constant gain: UInt16, count: Int) {
    let gains = WordLanes(repeating: gain)
    var i = 0
    while i &+ Levels.count <= count {
      let levels = Levels(source, at: i)
      Levels(even: attenuated(levels.even, gains), odd: attenuated(levels.odd, gains)).store(to: out, at: i)
      i &+= Levels.count
    }
    for i in i..<count { out[i] = attenuated(source[i], gain) }
  }

  @inline(__always) private static func attenuated(_ level: WordLanes, _ gain: WordLanes) -> WordLanes {
    (WordLanes.highProduct(level &<< 8, gain) &+ 64) &>> 7
  }

  @inline(__always) private static func attenuated(_ level: UInt8, _ gain: UInt16) -> UInt8 {
    UInt8(truncatingIfNeeded: (((UInt32(level) &* UInt32(gain)) &>> 8) &+ 64) &>> 7)
  }

  @inline(never) static func falloff(
    _ out: MutableWords, slope: Words, start: UInt16, floor: UInt16, count: Int
  ) {
    for i in 0..<count {
      let gain = start > slope[i] ? start &- slope[i] : 0
      out[i] = gain > floor ? gain : floor
    }
  }

  @inline(never) static func shade(_ out: MutableWords, profile: Words, depth: UInt16, count: Int) {
    for i in 0..<count {
      let product = UInt32(profile[i]) &* UInt32(depth) &+ 16384
      out[i] = 32768 &- UInt16(truncatingIfNeeded: product &>> 15)
    }
  }

  @inline(never) static func histogram(
    _ bins: UnsafeMutablePointer<UInt32>, _ source: Bytes, step: Int, count: Int
  ) {
    // Four samples a turn, one for each histogram.
    var i = 0
    while i &+ 3 &* step < count {
      bins[Int(source[i])] &+= 1
      bins[256 &+ Int(source[i &+ step])] &+= 1
      bins[512 &+ Int(source[i &+ 2 &* step])] &+= 1
      bins[768 &+ Int(source[i &+ 3 &* step])] &+= 1
      i &+= 4 &* step
    }
    while i < count {
      bins[Int(source[i])] &+= 1
      i &+= step
    }
  }
}
