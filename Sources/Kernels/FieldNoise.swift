import CVector

// Lattice noise. The Double twins that define the same functions at coarser rates are in Renderer/Ops/Fields.

/// Value noise: hashed values at integer points, mixed with smootherstep. In 0…1.
@inline(__always) func valueNoise(_ x: Lanes, _ y: Lanes, _ seed: Lanes) -> Lanes {
  let (column, row) = (cv_floor(x), cv_floor(y))
  let (u, v) = (smootherstep(fract(x)), smootherstep(fract(y)))
  let left = latticeCoordinate(column) &* LatticeFactor.x &+ seedTerm(seed)
  let top = latticeCoordinate(row) &* LatticeFactor.y
  let (right, bottom) = (left &+ LatticeFactor.x, top &+ LatticeFactor.y)
  let (topLeft, topRight) = (latticeValue(left &+ top), latticeValue(right &+ top))
  let (bottomLeft, bottomRight) = (latticeValue(left &+ bottom), latticeValue(right &+ bottom))
  let above = topLeft + (topRight - topLeft) * u
  let below = bottomLeft + (bottomRight - bottomLeft) * u
  return above + (below - above) * v
}

/// 6t⁵ − 15t⁴ + 10t³.
@inline(__always) private func smootherstep(_ t: Lanes) -> Lanes { ((t * t) * t) * ((t * 6 - 15) * t + 10) }

@inline(__always) private func latticeCoordinate(_ floored: Lanes) -> BitLanes { integerFloor(floored, limit: 0x1p30) }
@inline(__always) private func seedTerm(_ seed: Lanes) -> BitLanes { integerFloor(seed) &* LatticeFactor.seed }

/// The low 31 bits of the hash as a number in 0…1 (2^31 − 1 is 2^31 in Float32).
@inline(__always) private func latticeValue(_ sum: BitLanes) -> Lanes {
  let low = latticeHash(sum) & 0x7fff_ffff
  let number: Lanes = cv_from_int(unsafeBitCast(low, to: IntegerLanes.self))
  return number * 0x1p-31
}

/// Simplex noise in three dimensions: twelve edge gradients, kernel (½ − r²)⁴. In 0…1, ½ at lattice points.
@inline(__always) func simplex(_ x: Lanes, _ y: Lanes, _ z: Lanes, _ seed: Lanes) -> Lanes {
  let skew = (x + y + z) * (1 / 3)
  let (i, j, k) = (cv_floor(x + skew), cv_floor(y + skew), cv_floor(z + skew))
  let unskew = (i + j + k) * (1 / 6)
  let (x0, y0, z0) = (x - (i - unskew), y - (j - unskew), z - (k - unskew))

  // The second corner goes along the largest coordinate, the third along the two largest.
  let (xy, yz, xz) = (truth(x0 .>= y0), truth(y0 .>= z0), truth(x0 .>= z0))
  let (i1, j1, k1) = (xy * xz, (1 - xy) * yz, (1 - xz) * (1 - yz))
  let (i2, j2, k2) = (1 - (1 - xy) * (1 - xz), 1 - xy * (1 - yz), 1 - xz * yz)

  let origin =
    latticeCoordinate(i) &* LatticeFactor.x &+ latticeCoordinate(j) &* LatticeFactor.y
    &+ latticeCoordinate(k) &* LatticeFactor.z &+ seedTerm(seed)
  let second = origin &+ step(i1, LatticeFactor.x) &+ step(j1, LatticeFactor.y) &+ step(k1, LatticeFactor.z)
  let third = origin &+ step(i2, LatticeFactor.x) &+ step(j2, LatticeFactor.y) &+ step(k2, LatticeFactor.z)
  let fourth = origin &+ (LatticeFactor.x &+ LatticeFactor.y &+ LatticeFactor.z)

  let a = corner(x0, y0, z0, origin)
  let b = corner(x0 - i1 + 1 / 6, y0 - j1 + 1 / 6, z0 - k1 + 1 / 6, second)
  let c = corner(x0 - i2 + 1 / 3, y0 - j2 + 1 / 3, z0 - k2 + 1 / 3, third)
  let d = corner(x0 - 0.5, y0 - 0.5, z0 - 0.5, fourth)
  return clamp(((a + b) + (c + d)) * simplexScale + 0.5, 0, 1)
}

/// Brings the extremes of the sum of corners (±0.013007, found by climbing from 2e7 samples) to 0 and 1.
private let simplexScale: Float = 38.44

/// `factor` where the coordinate steps (1), else 0.
@inline(__always) private func step(_ steps: Lanes, _ factor: UInt32) -> BitLanes {
  BitLanes(repeating: 0).replacing(with: BitLanes(repeating: factor), where: steps .!= 0)
}

/// The part of one corner at distance (x, y, z): kernel times gradient. The gradient is one of the twelve edges of a
/// cube, four of them twice (Perlin, "Improving noise", 2002), chosen by the top four bits of the hash.
@inline(__always) private func corner(_ x: Lanes, _ y: Lanes, _ z: Lanes, _ sum: BitLanes) -> Lanes {
  let top = latticeHash(sum) &>> 28
  let choice: Lanes = cv_from_int(unsafeBitCast(top, to: IntegerLanes.self))
  let u = y.replacing(with: x, where: choice .< 8)
  let other = z.replacing(with: x, where: (choice .== 12) .| (choice .== 14))
  let v = other.replacing(with: y, where: choice .< 4)
  let signedU = lanes(bits: bits(u) ^ (top &<< 31))
  let signedV = lanes(bits: bits(v) ^ ((top &>> 1) &<< 31))
  let reach = maximum(0.5 - ((x * x + y * y) + z * z), splat(0))
  let kernel = reach * reach
  return (kernel * kernel) * (signedU + signedV)
}
