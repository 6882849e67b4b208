import CVector
import KernelTable

/// This build's simulation loops.
enum SimulationLoops: SimulationKernels {
  @inline(never) static func wrap(_ plane: MutableFloats, columns: Int, rows: Int, stride: Int) {
    for row in 0..<rows {
      let start = plane + row * stride
      start[-1] = start[columns - 1]
      start[columns] = start[0]
    }
    let (above, below) = (plane - stride, plane + rows * stride)
    for column in -1...columns {
      above[column] = plane[(rows - 1) * stride + column]
      below[column] = plane[column]
    }
  }

  @inline(never) static func grayScott(
    _ outA: MutableFloats, _ outB: MutableFloats, a: Floats, b: Floats, _ rates: GrayScottRates,
    columns: Int, rows: Int, stride: Int
  ) {
    let (feed, kill, time) = (rates.feed, rates.kill, rates.time)
    for row in 0..<rows {
      var i = row * stride
      let end = i + columns
      while i < end {
        let (u, v) = (load(a + i), load(b + i))
        let reaction = u * (v * v)
        let changeA = (rates.diffusionA * laplacian(a + i, u, stride) - reaction) + feed * (1 - u)
        let changeB = (rates.diffusionB * laplacian(b + i, v, stride) + reaction) - (kill + feed) * v
        let (freshA, freshB) = (u + time * changeA, v + time * changeB)
        store(freshA, to: outA + i)
        // Far from all seeds v would shrink to subnormal numbers, which take a hundred times as long.
        store(freshB.replacing(with: splat(0), where: freshB .< 1e-20), to: outB + i)
        i &+= 16
      }
    }
  }

  /// 0.2 · the four neighbours + 0.05 · the four corners − the value.
  @inline(__always) private static func laplacian(_ at: Floats, _ value: Lanes, _ stride: Int) -> Lanes {
    let near = (load(at - 1) + load(at + 1)) + (load(at - stride) + load(at + stride))
    let far =
      (load(at - stride - 1) + load(at - stride + 1)) + (load(at + stride - 1) + load(at + stride + 1))
    return (0.2 * near + 0.05 * far) - value
  }

  @inline(never) static func life(
    _ out: MutableFloats, _ alive: Floats, birth: UInt32, survival: UInt32, columns: Int, rows: Int, stride: Int
  ) {
    for row in 0..<rows {
      var i = row * stride
      let end = i + columns
      while i < end {
        let at = alive + i
        let beside = load(at - 1) + load(at + 1)
        let above = (load(at - stride - 1) + load(at - stride)) + load(at - stride + 1)
        let below = (load(at + stride - 1) + load(at + stride)) + load(at + stride + 1)
        let neighbours = beside + (above + below)
        var next = splat(0)
        let isAlive = load(at) .!= 0
        // Nine comparisons instead of shifts by lanes, which the baseline has not.
        for count in 0..<9 {
          let (born, stays) = (birth &>> UInt32(count) & 1, survival &>> UInt32(count) & 1)
          let own = splat(Float(born)).replacing(with: splat(Float(stays)), where: isAlive)
          next = next.replacing(with: own, where: neighbours .== Float(count))
        }
        store(next, to: out + i)
        i &+= 16
      }
    }
  }

  @inline(never) static func fade(
    _ trail: MutableFloats, alive: Floats, by fade: Float, columns: Int, rows: Int, stride: Int
  ) {
    for row in 0..<rows {
      var i = row * stride
      let end = i + columns
      while i < end {
        store(maximum(load(alive + i), load(trail + i) * fade), to: trail + i)
        i &+= 16
      }
    }
  }

  @inline(never) static func scale(
    _ plane: MutableFloats, by factor: Float, columns: Int, rows: Int, stride: Int
  ) -> Float {
    var greatest = splat(0)
    for row in 0..<rows {
      var i = row * stride
      let end = i + columns
      while i < end {
        let scaled = load(plane + i) * factor
        store(scaled, to: plane + i)
        greatest = maximum(greatest, scaled)
        i &+= 16
      }
    }
    return reduced(greatest, maximum)
  }

  /// The maximum or minimum of all lanes.
  @inline(__always) static func reduced(_ lanes: Lanes, _ pick: (Lanes, Lanes) -> Lanes) -> Float {
    var best = lanes[0]
    for lane in 1..<16 { best = pick(splat(best), splat(lanes[lane]))[0] }
    return best
  }
}

/// This build's simulation loops.
public let simulationKernels: any SimulationKernels.Type = SimulationLoops.self
