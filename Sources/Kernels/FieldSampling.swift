import CVector
import KernelTable

/// Bilinear samples of a plane on a torus.
///
/// `plane` has a header of 16: columns, rows, stride, columns per unit of x, rows per unit of y; the values follow, row by
/// row. Column c lies at x = (c + ½ − columns / 2) / columns per unit, rows alike.
@inline(never) func sampleStrip(
  _ out: UnsafeMutablePointer<Float>, _ x: FieldOperand, _ y: FieldOperand, plane: UnsafePointer<Float>, _ count: Int
) {
  var (x, y, i) = (x, y, 0)
  while i < count {
    let (across, down) = (x.next() * plane[3], y.next() * plane[4])
    store(mean(plane, wrapped(across, around: plane[0]), wrapped(down, around: plane[1])), to: out + i)
    i &+= 16
  }
}

/// Bilinear samples of a plane as above that ends at its edges: 0 outside of it; within half a cell of an edge, the cell
/// there.
@inline(never) func sampleBoundedStrip(
  _ out: UnsafeMutablePointer<Float>, _ x: FieldOperand, _ y: FieldOperand, plane: UnsafePointer<Float>, _ count: Int
) {
  let (columns, rows) = (plane[0], plane[1])
  var (x, y, i) = (x, y, 0)
  while i < count {
    let (across, down) = (x.next() * plane[3], y.next() * plane[4])
    let isInside = truth(magnitude(across) .<= columns * 0.5) * truth(magnitude(down) .<= rows * 0.5)
    store(mean(plane, bounded(across, columns), bounded(down, rows)) * isInside, to: out + i)
    i &+= 16
  }
}

/// The cells on both sides of a place and the share of the second.
private typealias Neighbours = (low: Lanes, high: Lanes, share: Lanes)

/// The bilinear mean of four cells.
@inline(__always) private func mean(
  _ plane: UnsafePointer<Float>, _ across: Neighbours, _ down: Neighbours
) -> Lanes {
  let values = plane + 16
  // Cells stand at most 2^24 from the start: their numbers are exact in Float32.
  let (above, below) = (down.low * plane[2], down.high * plane[2])
  let a = gather(values, above + across.low)
  let b = gather(values, above + across.high)
  let c = gather(values, below + across.low)
  let d = gather(values, below + across.high)
  let upper = a + (b - a) * across.share
  let lower = c + (d - c) * across.share
  return upper + (lower - upper) * down.share
}

/// The neighbours of a place counted from the middle; beyond the ends the end.
@inline(__always) private func bounded(_ offset: Lanes, _ size: Float) -> Neighbours {
  let place = clamp(offset + (size * 0.5 - 0.5), 0, size - 1)
  let low = cv_floor(place)
  return (low, clamp(low + 1, 0, size - 1), place - low)
}

/// Bilinear samples of a picture whose edges are repeated.
///
/// `picture` has four numbers, width, height, pixels from row to row, pixels per unit of x and y, and after them the address
/// of the pixels, 32 bits each. The middle of the picture is (0, 0); places are rounded to 1/256 pixel.
@inline(never) func samplePictureStrip(
  _ out: UnsafeMutablePointer<Float>, _ x: FieldOperand, _ y: FieldOperand, picture: UnsafePointer<Float>, _ count: Int
) {
  let (right, bottom, side) = (picture[0] - 1, picture[1] - 1, picture[3])
  let stride = Int(picture[2])
  let pixels = UnsafeRawPointer(picture + 4).load(as: UnsafePointer<UInt32>.self)
  let target = UnsafeMutableRawPointer(out).assumingMemoryBound(to: UInt32.self)
  var (x, y, i) = (x, y, 0)
  while i < count {
    let across = clamp(x.next() * side + right * 0.5, 0, right) * 256 + 0.5
    let down = clamp(y.next() * side + bottom * 0.5, 0, bottom) * 256 + 0.5
    cv_sample16(target + i, pixels, stride, cv_to_int(across), cv_to_int(down))
    i &+= 16
  }
}

/// Byte `index` of each lane's bits over 255.
@inline(never) func channelStrip(
  _ out: UnsafeMutablePointer<Float>, _ pixels: FieldOperand, _ count: Int, _ index: UInt32
) {
  let shift = BitLanes(repeating: 8 &* (index & 3))
  strip(out, pixels, count) { lanes in
    let byte = (bits(lanes) &>> shift) & 255
    return cv_from_int(unsafeBitCast(byte, to: IntegerLanes.self)) * (1 / 255)
  }
}

/// The neighbours of a place counted from the middle, on a ring of `size`.
@inline(__always) private func wrapped(_ offset: Lanes, around size: Float) -> Neighbours {
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
