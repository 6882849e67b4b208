import CVector
import KernelTable

// Clouds of points on strange attractors.
extension SimulationLoops {
  @inline(never) static func iterate(
    _ map: AttractorMap, _ x: MutableFloats, _ y: MutableFloats, a: Float, b: Float, c: Float, d: Float, count: Int
  ) {
    switch map {
    case .clifford: clifford(x, y, a, b, c, d, count)
    case .deJong: deJong(x, y, a, b, c, d, count)
    case .bedhead: bedhead(x, y, a, b, count)
    }
  }

  @inline(never) private static func clifford(
    _ xs: MutableFloats, _ ys: MutableFloats, _ a: Float, _ b: Float, _ c: Float, _ d: Float, _ count: Int
  ) {
    var i = 0
    while i < count {
      let (x, y) = (load(xs + i), load(ys + i))
      store(sine(a * y) + c * cosine(a * x), to: xs + i)
      store(sine(b * x) + d * cosine(b * y), to: ys + i)
      i &+= 16
    }
  }

  @inline(never) private static func deJong(
    _ xs: MutableFloats, _ ys: MutableFloats, _ a: Float, _ b: Float, _ c: Float, _ d: Float, _ count: Int
  ) {
    var i = 0
    while i < count {
      let (x, y) = (load(xs + i), load(ys + i))
      store(sine(a * y) - cosine(b * x), to: xs + i)
      store(sine(c * x) - cosine(d * y), to: ys + i)
      i &+= 16
    }
  }

  @inline(never) private static func bedhead(
    _ xs: MutableFloats, _ ys: MutableFloats, _ a: Float, _ b: Float, _ count: Int
  ) {
    var i = 0
    while i < count {
      let (x, y) = (load(xs + i), load(ys + i))
      store(sine(quotient(x * y, splat(b))) + cosine(a * x - y), to: xs + i)
      store(x * sine(a * y) + cosine(b * x - y), to: ys + i)
      i &+= 16
    }
  }

  @inline(never) static func extremes(_ x: Floats, count: Int) -> (least: Float, greatest: Float) {
    var least = load(x)
    var greatest = least
    var i = 16
    while i < count {
      let next = load(x + i)
      least = minimum(next, least)
      greatest = maximum(next, greatest)
      i &+= 16
    }
    return (reduced(least, minimum), reduced(greatest, maximum))
  }

  @inline(never) static func count(
    _ plane: MutableFloats, x: Floats, y: Floats, scale: Float, offsetX: Float, offsetY: Float, count: Int,
    columns: Int, rows: Int, stride: Int
  ) {
    let (right, bottom) = (Float(columns), Float(rows))
    for i in 0..<count {
      let column = x[i] * scale + offsetX
      let row = y[i] * scale + offsetY
      guard column >= 0, column < right, row >= 0, row < bottom else { continue }
      plane[Int(cv_truncate(row)) &* stride &+ Int(cv_truncate(column))] += 1
    }
  }
}
