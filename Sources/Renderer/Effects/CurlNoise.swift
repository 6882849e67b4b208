import KernelTable
import SceneLang

/// A flow without sources: the gradient of simplex noise turned by a right angle. Source: Bridson, Houriham, Nordenstam,
/// "Curl-noise for procedural fluid flow" (2007).
struct CurlNoise: Sendable {
  private let kernels: FieldKernels
  private let seed: Float

  init(_ setting: EffectSetting) {
    kernels = setting.kernels
    seed = Float(setting.seed % 65536)
  }

  /// The velocity at each place, about −1…1; `frequency` in bumps per shorter side, `phase` morphs the flow.
  func velocities(x: [Float], y: [Float], frequency: Float, phase: Float) -> (x: [Float], y: [Float]) {
    let step: Float = 0.08
    func noise(_ dx: Float, _ dy: Float) -> [Float] {
      simplex(x.map { $0 * frequency + dx }, y.map { $0 * frequency + dy }, phase)
    }
    let (left, right, above, below) = (noise(-step, 0), noise(step, 0), noise(0, -step), noise(0, step))
    let scale = 0.5 / step
    return (
      x.indices.map { (below[$0] - above[$0]) * scale }, x.indices.map { (left[$0] - right[$0]) * scale }
    )
  }

  private func simplex(_ x: [Float], _ y: [Float], _ z: Float) -> [Float] {
    let count = FieldArena.padded(x.count)
    guard count > 0 else { return [] }
    let padding = [Float](repeating: 0, count: count - x.count)
    var out = [Float](repeating: 0, count: count)
    let lanes = ([Float](repeating: z, count: 16), [Float](repeating: seed, count: 16))
    (x + padding).withUnsafeBufferPointer { x in
      (y + padding).withUnsafeBufferPointer { y in
        lanes.0.withUnsafeBufferPointer { z in
          lanes.1.withUnsafeBufferPointer { seed in
            let operands = [
              FieldOperand(strip: x.baseAddress!), FieldOperand(strip: y.baseAddress!),
              FieldOperand(splat: z.baseAddress!), FieldOperand(splat: seed.baseAddress!),
            ]
            kernels[.simplex](&out, operands, count, 0)
          }
        }
      }
    }
    return Array(out.prefix(x.count))
  }
}
