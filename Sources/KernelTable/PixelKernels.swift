/// The loops over pixel rows, compiled once per instruction set; chosen at run time.
public struct PixelKernels: Sendable {
  public init() {}
}
