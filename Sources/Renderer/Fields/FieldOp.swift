import KernelTable
import SceneLang

/// A native field: a function of numbers that the scene language cannot say.
///
/// It is defined twice, by a vector loop for rows, columns and cells and in Double for coarser rates; both follow the same
/// formula. Arguments stand in the order of the declaration's parameters, defaults filled in. Noise is chosen by its
/// argument `seed` alone, never by the key of the node: the same field at another time is the same noise.
public protocol FieldOp: Sendable {
  static var declaration: OpDeclaration { get }
  /// The loop over strips, one operand per parameter.
  static var operation: FieldOperation { get }
  /// The value at one point.
  static func value(_ arguments: [Double]) -> Double
  /// What of the sound it reads, if any: then the loop's first operand is that table, and the value at a point is
  /// `table` read at the first argument.
  static var table: SoundTable? { get }
}

extension FieldOp {
  public static var table: SoundTable? { nil }

  /// The value at one point of a frame.
  static func value(_ arguments: [Double], in tables: SoundTables) -> Double {
    table.map { tables.value($0, at: arguments[0]) } ?? value(arguments)
  }
}

/// The native fields.
public enum FieldOps {
  /// Alphabetical.
  public static let all: [any FieldOp.Type] = [
    Simplex.self,
    SpectrumLevel.self,
    ValueNoise.self,
    WaveformLevel.self,
  ]

  private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.declaration.name, $0) })

  /// What of the sound a native field reads.
  static func table(of name: String) -> SoundTable? { index[name].flatMap { $0.table } }

  /// Precondition: a native field has that name (analysis has seen to it).
  static func named(_ name: String) -> any FieldOp.Type {
    guard let op = index[name] else { preconditionFailure("no native field is called `\(name)`") }
    return op
  }
}
