import KernelTable

extension PixelLoops {
  /// Runs are sorted by keys: luminance in the upper 8 bits, place in the run in the lower 24, so that equals keep their
  /// order. Short runs by insertion, long ones by counting: most runs across glyphs are a few pixels long.
  @inline(never) static func sortRuns(
    _ out: MutableColorBytes, _ source: ColorBytes, luminance: Bytes, threshold: UInt8,
    keys: UnsafeMutablePointer<UInt32>, count: Int
  ) {
    var i = 0
    while i < count {
      let start = i
      while i < count && luminance[i] > threshold { i &+= 1 }
      let length = i &- start
      if length > 2 {
        if length <= 32 {
          insertionSort(keys, luminance + start, length)
        } else {
          countingSort(keys, luminance + start, length)
        }
        for k in 0..<length { copy(start &+ k, from: start &+ Int(keys[k] & 0xFF_FFFF), out, source) }
      } else {
        for k in start..<i { copy(k, from: k, out, source) }
      }
      while i < count && luminance[i] <= threshold {
        copy(i, from: i, out, source)
        i &+= 1
      }
    }
  }

  @inline(__always) private static func copy(_ i: Int, from k: Int, _ out: MutableColorBytes, _ source: ColorBytes) {
    out.red[i] = source.red[k]
    out.green[i] = source.green[k]
    out.blue[i] = source.blue[k]
  }

  @inline(__always) private static func insertionSort(
    _ keys: UnsafeMutablePointer<UInt32>, _ luminance: Bytes, _ count: Int
  ) {
    for i in 0..<count {
      let key = UInt32(luminance[i]) &<< 24 | UInt32(truncatingIfNeeded: i)
      var k = i
      while k > 0 && keys[k &- 1] > key {
        keys[k] = keys[k &- 1]
        k &-= 1
      }
      keys[k] = key
    }
  }

  /// The 256 places after the keys hold where the next pixel of each luminance goes.
  @inline(__always) private static func countingSort(
    _ keys: UnsafeMutablePointer<UInt32>, _ luminance: Bytes, _ count: Int
  ) {
    let places = keys + count
    for level in 0..<256 { places[level] = 0 }
    for i in 0..<count { places[Int(luminance[i])] &+= 1 }
    var next: UInt32 = 0
    for level in 0..<256 {
      let size = places[level]
      places[level] = next
      next &+= size
    }
    for i in 0..<count {
      let level = Int(luminance[i])
      keys[Int(places[level])] = UInt32(truncatingIfNeeded: i)
      places[level] &+= 1
    }
  }
}
