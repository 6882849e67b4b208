import CSystem
import KernelTable
import Kernels
import KernelsV3
import KernelsV4

/// The instruction sets the kernels are compiled for. All give the same bits.
public enum KernelLevel: String, Sendable, CaseIterable {
  case baseline, avx2, avx512

  /// The widest that this processor runs.
  public static let best: KernelLevel =
    switch csystem_cpu_level() {
    case 3: .avx512
    case 2: .avx2
    default: .baseline
    }

  public var isSupported: Bool { Self.allCases.firstIndex(of: self)! <= Self.allCases.firstIndex(of: .best)! }
}

/// The hot loops of one instruction set.
public struct KernelSet: Sendable {
  public let level: KernelLevel
  public let field: FieldKernels
  public let pixel: any PixelKernels.Type
  public let simulation: any SimulationKernels.Type

  /// Precondition: `level.isSupported`.
  public init(_ level: KernelLevel) {
    precondition(level.isSupported, "this processor has no \(level) instructions")
    self.level = level
    switch level {
    case .baseline:
      (field, pixel, simulation) = (Kernels.fieldKernels, Kernels.pixelKernels, Kernels.simulationKernels)
    case .avx2:
      (field, pixel, simulation) = (KernelsV3.fieldKernels, KernelsV3.pixelKernels, KernelsV3.simulationKernels)
    case .avx512:
      (field, pixel, simulation) = (KernelsV4.fieldKernels, KernelsV4.pixelKernels, KernelsV4.simulationKernels)
    }
  }
}
