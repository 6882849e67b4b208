import KernelTable

// Colors looked up in a lattice.
extension PixelLoops {
  @inline(never) static func lookUp(
    _ out: MutableColorBytes, _ source: ColorBytes, in lattice: ColorLattice, count: Int
  ) {
    var last: (red: UInt8, green: UInt8, blue: UInt8) = (0, 0, 0)
    var color = lattice.levels(last.red, last.green, last.blue)
    for i in 0..<count {
      let (red, green, blue) = (source.red[i], source.green[i], source.blue[i])
      // Neighbours are often equal: letters stand on an even ground.
      if red != last.red || green != last.green || blue != last.blue {
        last = (red, green, blue)
        color = lattice.levels(red, green, blue)
      }
      (out.red[i], out.green[i], out.blue[i]) = color
    }
  }
}

extension ColorLattice {
  /// The color at a place between eight entries: the mean of the four corners of the tetrahedron it lies in, one of the six
  /// along the diagonal of grays.
  @inline(__always) fileprivate func levels(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> (UInt8, UInt8, UInt8) {
    let (i, j, k) = (Int(red), 256 &+ Int(green), 512 &+ Int(blue))
    let corner = Int(places[i]) &+ Int(places[j]) &+ Int(places[k])
    let (r, g, b) = (shares[i], shares[j], shares[k])
    // Along the axis of the largest share first, then along that of the next.
    let (stepR, stepG, stepB) = (1, size, size &* size)
    let (high, middle, low, first, second): (Float, Float, Float, Int, Int)
    if r >= g {
      if g >= b {
        (high, middle, low, first, second) = (r, g, b, stepR, stepR &+ stepG)
      } else if r >= b {
        (high, middle, low, first, second) = (r, b, g, stepR, stepR &+ stepB)
      } else {
        (high, middle, low, first, second) = (b, r, g, stepB, stepR &+ stepB)
      }
    } else if b >= g {
      (high, middle, low, first, second) = (b, g, r, stepB, stepG &+ stepB)
    } else if b >= r {
      (high, middle, low, first, second) = (g, b, r, stepG, stepG &+ stepB)
    } else {
      (high, middle, low, first, second) = (g, r, b, stepG, stepR &+ stepG)
    }
    let opposite = corner &+ stepR &+ stepG &+ stepB
    let color =
      entries[corner] * (1 - high) + entries[corner &+ first] * (high - middle)
      + entries[corner &+ second] * (middle - low) + entries[opposite] * low
    return (Self.level(color.x), Self.level(color.y), Self.level(color.z))
  }

  @inline(__always) private static func level(_ x: Float) -> UInt8 {
    let raised = x > 0 ? x : 0
    return UInt8(truncatingIfNeeded: Int32((raised < 255 ? raised : 255) + 0.5))
  }
}
