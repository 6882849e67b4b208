import CVector
import KernelTable

// Sampling the picture of the frame before. Runs of samples that lie side by side are plain loads: gathering them one by
// one takes four times as long.
extension PixelLoops {
  @inline(never) static func prefetch(_ row: Words, toWrite: Bool, count: Int) {
    if toWrite { cv_prefetch_words_to_write(row, Int64(count)) } else { cv_prefetch_words(row, Int64(count)) }
  }

  @inline(never) static func mixRows(_ out: MutableWords, _ upper: Words, _ lower: Words, share: UInt16, count: Int) {
    let share = WordLanes(repeating: share)
    var i = 0
    while i < count {
      WordLanes.between(WordLanes(upper, at: i), WordLanes(lower, at: i), share).store(to: out, at: i)
      i &+= WordLanes.count
    }
  }

  @inline(never) static func resample(
    _ out: MutableWords, _ row: Words, shares: Words, runs: UnsafePointer<SampleRun>, runCount: Int
  ) {
    for index in 0..<runCount {
      let run = runs[index]
      var x = run.start
      if run.offset == SampleRun.outside {
        while x < run.end {
          WordLanes(repeating: 0).store(to: out, at: x)
          x &+= WordLanes.count
        }
        continue
      }
      let source = row + (run.offset - x)
      while x < run.end {
        WordLanes.between(WordLanes(source, at: x), WordLanes(source, at: x + 1), WordLanes(shares, at: x))
          .store(to: out, at: x)
        x &+= WordLanes.count
      }
    }
  }

  @inline(never) static func resample(
    _ out: MutableWords, _ plane: Words, stride: Int, runs: UnsafePointer<SampleRun>, runCount: Int, across: Float,
    down: Float
  ) {
    let lanes = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    for index in 0..<runCount {
      let run = runs[index]
      var x = run.start
      if run.offset == SampleRun.outside {
        while x < run.end {
          store(cv_u16x16(repeating: 0), to: out + x)
          x &+= 16
        }
        continue
      }
      var right = splat(run.across) + lanes * splat(across)
      var lower = splat(run.down) + lanes * splat(down)
      var upperRow = plane + run.offset
      while x < run.end {
        let lowerRow = upperRow + stride
        let top = mixed(words(upperRow), words(upperRow + 1), right)
        let bottom = mixed(words(lowerRow), words(lowerRow + 1), right)
        store(cv_float_to_words(mixed(top, bottom, lower) + splat(0.5)), to: out + x)
        right += splat(16 * across)
        lower += splat(16 * down)
        upperRow += 16
        x &+= 16
      }
    }
  }

  @inline(__always) private static func words(_ row: Words) -> Lanes {
    cv_words_to_float(UnsafeRawPointer(row).loadUnaligned(as: SIMD16<UInt16>.self))
  }

  @inline(__always) private static func mixed(_ a: Lanes, _ b: Lanes, _ share: Lanes) -> Lanes { a + (b - a) * share }

  @inline(__always) private static func store(_ words: cv_u16x16, to row: MutableWords) {
    UnsafeMutableRawPointer(row).storeBytes(of: words, as: cv_u16x16.self)
  }

  @inline(never) static func mirror(_ out: MutableWords, _ row: Words, count: Int) {
    for i in 0..<count { out[i] = row[count &- 1 &- i] }
  }
}
