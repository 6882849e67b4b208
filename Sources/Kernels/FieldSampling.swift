import CVector
import KernelTable

/// Bilinear samples of a plane on a torus.
///
/// `plane` has a header of 16: columns, rows, stride, columns per unit of x, rows per unit of y; the values follow, row by
/// row. Column c lies at x = (c + ½ − columns / 2) / columns per unit, rows alike.
@inline(never) func sampleStrip(
  _ out: UnsafeMutablePointer<Float>, _ x: FieldOperand, _ y: FieldOperand, plane: UnsafePointer<Float>, _ count: Int
) {
  let (columns, rows) = (plane[0], plane[1])
  let values = plane + 16
  var (x, y, i) = (x, y, 0)
  while i < count {
    let (left, right, u) = place(x.next() * plane[3], columns)
    let (top, bottom, v) = place(y.next() * plane[4], rows)
    // Cells stand at most 2^24 from the start: their numbers are exact in Float32.
    let (above, below) = (top * plane[2], bottom * plane[2])
    let a = gather(values, above + left)
    let b = gather(values, above + right)
    let c = gather(values, below + left)
    let d = gather(values, below + right)
    let upper = a + (b - a) * u
    let lower = c + (d - c) * u
    store(upper + (lower - upper) * v, to: out + i)
    i &+= 16
  }
}

/// Bilinear samples of a plane as above that ends at its edges: 0 outside of it; within half a cell of an edge, the cell
/// there.
@inline(never) func samplePictureStrip(
  _ out: UnsafeMutablePointer<Float>, _ x: FieldOperand, _ y: FieldOperand, plane: UnsafePointer<Float>, _ count: Int
) {
  let (columns, rows) = (plane[0], plane[1])
  let values = plane + 16
  var (x, y, i) = (x, y, 0)
  while i < count {
    let (across, down) = (x.next() * plane[3], y.next() * plane[4])
    let (left, right, u) = bounded(across, columns)
    let (top, bottom, v) = bounded(down, rows)
    let (above, below) = (top * plane[2], bottom * plane[2])
    let a = gather(values, above + left)
    let b = gather(values, above + right)
    let c = gather(values, below + left)
    let d = gather(values, below + right)
    let upper = a + (b - a) * u
    let lower = c + (d - c) * u
    let isInside = truth(magnitude(across) .<= columns * 0.5) * truth(magnitude(down) .<= rows * 0.5)
    store((upper + (lower - upper) * v) * isInside, to: out + i)
    i &+= 16
  }
}

/// The cells on both sides of a place counted from the middle, and the share of the second; beyond the ends the end.
@inline(__always) private func bounded(_ offset: Lanes, _ size: Float) -> (low: Lanes, high: Lanes, share: Lanes) {
  let place = clamp(offset + (size * 0.5 - 0.5), 0, size - 1)
  let low = cv_floor(place)
  return (low, clamp(low + 1, 0, size - 1), place - low)
}

/// The cells on both sides of a place counted from the middle, on a ring of `size`, and the share of the second.
@inline(__always) private func place(_ offset: Lanes, _ size: Float) -> (low: Lanes, high: Lanes, share: Lanes) {
  let finite = clamp(offset, -0x1p20, 0x1p20) + (size * 0.5 - 0.5)
  let floored = cv_floor(finite)
  let low = wrapped(floored, size)
  return (low, wrapped(low + 1, size), finite - floored)
}

/// A whole number modulo `size`, in 0 ..< size.
@inline(__always) private func wrapped(_ x: Lanes, _ size: Float) -> Lanes {
  clamp(x - cv_floor(x / size) * size, 0, size - 1)
}

@inline(__always) private func gather(_ values: UnsafePointer<Float>, _ index: Lanes) -> Lanes {
  let whole = cv_to_int(index)
  var out = splat(0)
  for lane in 0..<16 { out[lane] = values[Int(whole[lane])] }
  return out
}
