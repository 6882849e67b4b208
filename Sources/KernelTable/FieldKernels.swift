/// The loops of the field engine, compiled once per instruction set; chosen at run time.
public struct FieldKernels: Sendable {
  private let table: @Sendable (FieldOperation) -> FieldKernel

  public init(_ table: @escaping @Sendable (FieldOperation) -> FieldKernel) { self.table = table }

  /// The loop of an operation. Look it up once when a program is built, not per strip.
  public subscript(operation: FieldOperation) -> FieldKernel { table(operation) }
}

/// Computes a strip: `out[i] = f(operand 0 at i, operand 1 at i, …)` for i in 0..<count.
///
/// `count` is a multiple of 16. `out` may be the base of an operand whose step is 16. `key` is read by `random` and `channel` only.
public typealias FieldKernel =
  @Sendable (
    _ out: UnsafeMutablePointer<Float>, _ operands: UnsafePointer<FieldOperand>, _ count: Int, _ key: UInt64
  ) -> Void

/// Where an operand's lanes stand: a strip (`step` 16, walks with the output) or 16 equal lanes (`step` 0, read again
/// and again), so that one loop serves vectors and uniforms alike.
public struct FieldOperand {
  public var base: UnsafePointer<Float>
  public var step: Int

  public init(strip base: UnsafePointer<Float>) {
    self.base = base
    self.step = 16
  }

  public init(splat base: UnsafePointer<Float>) {
    self.base = base
    self.step = 0
  }
}
