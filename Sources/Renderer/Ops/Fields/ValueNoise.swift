import KernelTable
import SceneLang

/// Value noise: a hash at each integer point, mixed along both axes with 6t⁵ − 15t⁴ + 10t³. In 0…1, mean ½.
public enum ValueNoise: FieldOp {
  public static let declaration = OpDeclaration(
    .field, "value_noise", "Smooth random hills: hashed values on a unit lattice, in 0…1.",
    parameters: [
      ParameterDeclaration("x", default: nil, rate: .cell, "Position; one hill per unit."),
      ParameterDeclaration("y", default: nil, rate: .cell, "Position across."),
      ParameterDeclaration("seed", .integer, default: "0", rate: .frame, "Chooses another landscape."),
    ],
    example: "value_noise(4 * x, 4 * y + 0.3 * t)")

  public static let operation = FieldOperation.valueNoise

  public static func value(_ arguments: [Double]) -> Double {
    let (x, y, seed) = (arguments[0], arguments[1], arguments[2])
    let (u, v) = (smootherstep(ScalarMath.fract(x)), smootherstep(ScalarMath.fract(y)))
    let left = ScalarHash.integerFloor(x, limit: 0x1p30)
    let top = ScalarHash.integerFloor(y, limit: 0x1p30)
    func corner(_ dx: UInt32, _ dy: UInt32) -> Double {
      Double(ScalarHash.lattice(left &+ dx, top &+ dy, seed: seed) & 0x7fff_ffff) / 0x7fff_ffff
    }
    let above = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * u
    let below = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * u
    return above + (below - above) * v
  }

  private static func smootherstep(_ t: Double) -> Double { ((t * t) * t) * ((t * 6 - 15) * t + 10) }
}
