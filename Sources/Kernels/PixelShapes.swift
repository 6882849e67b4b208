import CVector
import KernelTable

// The form of a field within a cell to the glyph that has it.
extension PixelLoops {
  @inline(never) static func partLevels(
    _ out: MutableFloats, value: Floats, step: Int, jitter: Floats, levels: Floats, count: Int
  ) {
    for i in 0..<count {
      let v = unit(value[i &* step])
      // Without the fade empty cells would sprout dots.
      let fade = v < 0.15 ? v * (1 / 0.15) : 1
      out[i] = levels[Int(cv_truncate(unit(v + jitter[i] * fade) * 1023 + 0.5))]
    }
  }

  @inline(never) static func nearestShapes(
    _ out: MutableWords, levels: Floats, stride: Int, shapes: Floats, glyphs: Words, shapeCount: Int,
    scratch: MutableFloats, count: Int
  ) -> Bool {
    var i = 0
    while i < count {
      let a = (load(levels + i), load(levels + (stride &+ i)), load(levels + (2 &* stride &+ i)))
      let b = (
        load(levels + (3 &* stride &+ i)), load(levels + (4 &* stride &+ i)), load(levels + (5 &* stride &+ i))
      )
      var nearest = splat(0)
      var least = splat(.greatestFiniteMagnitude)
      var (shape, number) = (0, Float(0))
      while shape < shapeCount {
        let of = shapes + 6 &* shape
        let top = square(a.0 - splat(of[0])) + square(a.1 - splat(of[1]))
        let middle = square(a.2 - splat(of[2])) + square(b.0 - splat(of[3]))
        let bottom = square(b.1 - splat(of[4])) + square(b.2 - splat(of[5]))
        let distance = top + middle + bottom
        let isNearer = distance .< least
        nearest = nearest.replacing(with: splat(number), where: isNearer)
        least = least.replacing(with: distance, where: isNearer)
        shape &+= 1
        number += 1
      }
      store(nearest, to: scratch + i)
      i &+= 16
    }
    var seen: UInt16 = 0
    for i in 0..<count {
      out[i] = glyphs[Int(cv_truncate(scratch[i]))]
      seen |= out[i]
    }
    return seen != 0
  }

  @inline(__always) private static func square(_ x: Lanes) -> Lanes { x * x }
}
