/// The loops of the field engine, compiled once per instruction set; chosen at run time.
public struct FieldKernels: Sendable {
  public init() {}
}
