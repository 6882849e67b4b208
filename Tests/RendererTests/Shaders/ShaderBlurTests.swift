import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// A plane blurred by a Gaussian, cut off at 4 σ, in Double; edges are repeated.
private func blurred(_ plane: [[Double]], sigma: Double) -> [[Double]] {
  let reach = Int(4 * sigma) + 1
  let weights = (-reach...reach).map { ScalarMath.exp(-Double($0 * $0) / (2 * sigma * sigma)) }
  let total = weights.reduce(0, +)
  let (width, height) = (plane[0].count, plane.count)
  func at(_ x: Int, _ size: Int) -> Int { min(max(x, 0), size - 1) }
  let across = plane.map { row in
    (0..<width).map { x in
      (-reach...reach).reduce(0.0) { $0 + weights[$1 + reach] * row[at(x + $1, width)] } / total
    }
  }
  return (0..<height).map { y in
    (0..<width).map { x in
      (-reach...reach).reduce(0.0) { $0 + weights[$1 + reach] * across[at(y + $1, height)][x] } / total
    }
  }
}

/// The largest difference from the exact blur, `inset` pixels or more from the edges.
private func error(_ source: Picture, sigma: Double, inset: Int = 0) -> Double {
  let out = shaded(source, "gaussian_blur", [.number(sigma / Double(min(source.width, source.height)))])
  let exact = (0..<3).map { blurred(source.plane($0), sigma: sigma) }
  return out.worst { plane, x, y in
    let isInside = min(x, y, source.width - 1 - x, source.height - 1 - y) >= inset
    return isInside ? exact[plane][y][x] : Double(out.row(y, plane: plane)[x])
  }
}

@Test(arguments: [0.4, 1, 1.9])
func aNarrowBlurIsTheGaussian(_ sigma: Double) {
  #expect(error(.noise(width: 97, height: 61, seed: 2), sigma: sigma) <= 1)
  #expect(error(.smooth(width: 64, height: 97), sigma: sigma) <= 1)
}

@Test(arguments: [2, 3.7, 5, 9])
func aWideBlurIsNearlyTheGaussian(_ sigma: Double) {
  #expect(error(.smooth(width: 193, height: 109), sigma: sigma) <= 1.5)
  let noise = Picture.noise(width: 193, height: 109, seed: 2)
  #expect(error(noise, sigma: sigma, inset: Int(3 * sigma)) <= 3)
  // A lone pixel of the edge, repeated outwards, is a little dimmer.
  #expect(error(noise, sigma: sigma) <= 5)
}

@Test func anEvenPictureStaysWhateverBlursIt() {
  let grey = Picture(width: 71, height: 53)
  for plane in 0..<3 { for y in 0..<53 { grey.row(y, plane: plane).update(repeating: 77, count: 71) } }
  for radius in [0, 0.01, 0.04, 0.1, 0.25] {
    #expect(shaded(grey, "gaussian_blur", [.number(radius)]).hash == grey.hash)
    #expect(shaded(grey, "sharpen", [.number(4), .number(radius)]).hash == grey.hash)
    #expect(shaded(grey, "soft_focus", [.number(1), .number(radius)]).hash == grey.hash)
  }
}
