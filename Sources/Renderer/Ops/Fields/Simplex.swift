import KernelTable
import SceneLang

/// Simplex noise in three dimensions; in two it is the slice z = 0, so that animating z never jumps. In 0…1, ½ at the
/// points of the lattice. Source: Perlin, "Improving noise" (2002), with the kernel (½ − r²)⁴, which is continuous.
public enum Simplex: FieldOp {
  public static let declaration = OpDeclaration(
    .field, "simplex", "Gradient noise without visible axes, in 0…1; z morphs it in place.",
    parameters: [
      ParameterDeclaration("x", default: nil, rate: .cell, "Position; about one bump per unit."),
      ParameterDeclaration("y", default: nil, rate: .cell, "Position across."),
      ParameterDeclaration("z", default: "0", rate: .cell, "Third dimension, for time."),
      ParameterDeclaration("seed", .integer, default: "0", rate: .frame, "Chooses another landscape."),
    ],
    example: "simplex(3 * x, 3 * y, z=0.2 * t)")

  public static let operation = FieldOperation.simplex

  public static func value(_ arguments: [Double]) -> Double {
    let (x, y, z, seed) = (arguments[0], arguments[1], arguments[2], arguments[3])
    let skew = (x + y + z) / 3
    let (i, j, k) = (ScalarMath.floor(x + skew), ScalarMath.floor(y + skew), ScalarMath.floor(z + skew))
    let unskew = (i + j + k) / 6
    let origin = (x - (i - unskew), y - (j - unskew), z - (k - unskew))
    // The second corner goes along the largest coordinate, the third along the two largest.
    let (xy, yz, xz) = (origin.0 >= origin.1, origin.1 >= origin.2, origin.0 >= origin.2)
    let corners: [(x: Bool, y: Bool, z: Bool)] = [
      (false, false, false),
      (xy && xz, !xy && yz, !xz && !yz),
      (xy || xz, !xy || yz, !(xz && yz)),
      (true, true, true),
    ]
    var sum = 0.0
    for (steps, corner) in corners.enumerated() {
      let shift = Double(steps) / 6
      let (dx, dy, dz): (Double, Double, Double) = (corner.x ? 1 : 0, corner.y ? 1 : 0, corner.z ? 1 : 0)
      let hash = ScalarHash.lattice(
        ScalarHash.integerFloor(i + dx, limit: 0x1p30), ScalarHash.integerFloor(j + dy, limit: 0x1p30),
        ScalarHash.integerFloor(k + dz, limit: 0x1p30), seed: seed)
      sum += contribution(origin.0 - dx + shift, origin.1 - dy + shift, origin.2 - dz + shift, hash)
    }
    return ScalarMath.clamp(sum * scale + 0.5, 0, 1)
  }

  /// Brings the extremes of the sum of corners to 0 and 1; the vector loop has the same.
  private static let scale = 38.44

  /// Kernel times gradient of a corner at distance (x, y, z): one of the twelve edges of a cube, four of them twice.
  private static func contribution(_ x: Double, _ y: Double, _ z: Double, _ hash: UInt32) -> Double {
    let choice = hash >> 28
    let u = choice < 8 ? x : y
    let v = choice < 4 ? y : choice == 12 || choice == 14 ? x : z
    let reach = ScalarMath.maximum(0.5 - ((x * x + y * y) + z * z), 0)
    let kernel = reach * reach
    return (kernel * kernel) * ((choice & 1 == 0 ? u : -u) + (choice & 2 == 0 ? v : -v))
  }
}
