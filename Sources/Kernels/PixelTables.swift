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

  // A byte times a gain of 16 bits, in two products of 16 bits: source · high + (source · low) / 256 is exactly the product
  // / 256. One wide product, or its high half, made the compiler widen to 32 bits: 2 to 4 times slower.

  @inline(never) static func amplify(
    _ out: MutableBytes, _ source: Bytes, gainLow: Bytes, gainHigh: Bytes, count: Int
  ) {
    for i in 0..<count {
      let c = UInt16(source[i])
      let product = c &* UInt16(gainHigh[i]) &+ ((c &* UInt16(gainLow[i])) &>> 8)
      let rounded = (product &+ 16) &>> 5
      out[i] = byte(rounded < 255 ? rounded : 255)
    }
  }

  @inline(never) static func attenuate(_ out: MutableBytes, _ source: Bytes, gain: Words, count: Int) {
    for i in 0..<count { out[i] = attenuated(UInt16(source[i]), gain[i]) }
  }

  @inline(never) static func attenuate(_ out: MutableBytes, _ source: Bytes, constant gain: UInt16, count: Int) {
    for i in 0..<count { out[i] = attenuated(UInt16(source[i]), gain) }
  }

  @inline(__always) private static func attenuated(_ c: UInt16, _ gain: UInt16) -> UInt8 {
    let product = c &* (gain &>> 8) &+ ((c &* (gain & 255)) &>> 8)
    return byte((product &+ 64) &>> 7)
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
    var i = 0
    var bank = 0
    while i < count {
      bins[bank &+ Int(source[i])] &+= 1
      bank = (bank &+ 256) & 1023
      i &+= step
    }
  }
}
