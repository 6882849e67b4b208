import CVector
import KernelTable

// Sampling and turning the picture of the frame before, in Float32. Runs of samples that lie side by side are plain loads:
// gathering them one by one takes four times as long.
extension PixelLoops {
  @inline(never) static func prefetch(_ row: Words, toWrite: Bool, count: Int) {
    if toWrite { cv_prefetch_words_to_write(row, Int64(count)) } else { cv_prefetch_words(row, Int64(count)) }
  }

  @inline(never) static func mixRows(
    _ out: MutableFloats, _ upper: Words, _ upperGain: Float, _ lower: Words, _ lowerGain: Float, count: Int
  ) {
    for i in 0..<count { out[i] = Float(upper[i]) * upperGain + Float(lower[i]) * lowerGain }
  }

  /// Eight lanes: runs are short, and the last vector of a run is written over by the next run.
  @inline(never) static func resample(
    _ out: MutableFloats, _ row: Floats, runs: UnsafePointer<SampleRun>, runCount: Int, across: Float
  ) {
    typealias Lanes = SIMD8<Float>
    let slope = Lanes(0, 1, 2, 3, 4, 5, 6, 7) * across
    let step = Lanes(repeating: 8 * across)
    for index in 0..<runCount {
      let run = runs[index]
      var target = UnsafeMutableRawPointer(out + run.start)
      let end = UnsafeMutableRawPointer(out + run.end)
      if run.offset == SampleRun.outside {
        while target < end {
          target.storeBytes(of: Lanes.zero, as: Lanes.self)
          target += 32
        }
        continue
      }
      var source = UnsafeRawPointer(row + run.offset)
      var share = Lanes(repeating: run.across) + slope
      while target < end {
        let left = source.loadUnaligned(as: Lanes.self)
        let right = source.loadUnaligned(fromByteOffset: 4, as: Lanes.self)
        target.storeBytes(of: left + (right - left) * share, as: Lanes.self)
        share += step
        source += 32
        target += 32
      }
    }
  }

  @inline(never) static func resample(
    _ out: MutableFloats, _ plane: Words, stride: Int, runs: UnsafePointer<SampleRun>, runCount: Int, across: Float,
    down: Float, gain: Float
  ) {
    let lanes = Lanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    for index in 0..<runCount {
      let run = runs[index]
      var x = run.start
      if run.offset == SampleRun.outside {
        while x < run.end {
          store(splat(0), to: out + x)
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
        store(mixed(top, bottom, lower) * splat(gain), to: out + x)
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

  @inline(never) static func mirror(_ out: MutableFloats, _ row: Words, gain: Float, count: Int) {
    for i in 0..<count { out[i] = Float(row[count &- 1 &- i]) * gain }
  }

  /// Hues in units of the chroma d, 0…6d, so that nothing is divided. A channel falls below the value by 2d − |distance| to
  /// the hue opposite to it (for red cyan at 3d, for green magenta at 5d, for blue yellow at d), limited to 0…d.
  @inline(never) static func rotateHue(
    _ red: MutableFloats, _ green: MutableFloats, _ blue: MutableFloats, sixths: Float, count: Int
  ) {
    var i = 0
    while i < count {
      let (r, g, b) = (load(red + i), load(green + i), load(blue + i))
      let high = cv_max(cv_max(r, g), b)
      let chroma = high - cv_min(cv_min(r, g), b)
      let (half, turn) = (chroma * splat(3), chroma * splat(6))
      let double = chroma + chroma
      let notRed = (r - g + double + double).replacing(with: b - r + double, where: g .== high)
      var hue = notRed.replacing(with: g - b, where: r .== high) + chroma * splat(sixths)
      hue = hue.replacing(with: hue - turn, where: hue .>= turn)
      hue = hue.replacing(with: hue + turn, where: hue .< splat(0))
      var (toMagenta, toYellow) = (hue + chroma, hue - chroma)
      toMagenta = toMagenta.replacing(with: toMagenta - turn, where: toMagenta .>= half)
      toYellow = toYellow.replacing(with: toYellow - turn, where: toYellow .>= half)
      store(high - fall(hue - half, chroma, double), to: red + i)
      store(high - fall(toMagenta, chroma, double), to: green + i)
      store(high - fall(toYellow, chroma, double), to: blue + i)
      i &+= 16
    }
  }

  @inline(__always) private static func fall(_ distance: Lanes, _ chroma: Lanes, _ double: Lanes) -> Lanes {
    cv_min(cv_max(double - cv_abs(distance), splat(0)), chroma)
  }
}
