import KernelTable

/// A colour in levels 0…255, not limited to them while it is computed.
struct Color {
  var red: Float
  var green: Float
  var blue: Float

  @inline(__always) init(_ red: Float, _ green: Float, _ blue: Float) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  @inline(__always) init(_ row: ColorBytes, _ i: Int) {
    self.init(Float(row.red[i]), Float(row.green[i]), Float(row.blue[i]))
  }

  @inline(__always) var luminosity: Float { 0.3 * red + 0.59 * green + 0.11 * blue }
  @inline(__always) var high: Float { greater(greater(red, green), blue) }
  @inline(__always) var low: Float { lesser(lesser(red, green), blue) }
  @inline(__always) var saturation: Float { high - low }

  /// SetSat: the channels stretched so that they lie `saturation` apart, the lowest at 0.
  @inline(__always) func with(saturation: Float) -> Color {
    let (low, range) = (low, self.saturation)
    let scale = range > 0 ? saturation / (range > 0 ? range : 1) : 0
    return Color((red - low) * scale, (green - low) * scale, (blue - low) * scale)
  }

  /// SetLum and ClipColor: moved to that luminosity, then drawn towards its grey until it fits.
  @inline(__always) func with(luminosity: Float) -> Color {
    let change = luminosity - self.luminosity
    let (low, high) = (low + change, high + change)
    // A colour that ends below 0 is drawn by L / (L − low), one that ends above 255 by (255 − L) / (high − L).
    let below = low < 0 ? luminosity / (luminosity - low) : 1
    let above = high > 255 ? (255 - luminosity) / (high - luminosity) : 1
    func drawn(_ channel: Float) -> Float { luminosity + (channel + change - luminosity) * below * above }
    return Color(drawn(red), drawn(green), drawn(blue))
  }
}

@inline(__always) private func greater(_ a: Float, _ b: Float) -> Float { a > b ? a : b }
@inline(__always) private func lesser(_ a: Float, _ b: Float) -> Float { a < b ? a : b }

// The modes of W3C Compositing and Blending, level 1, section 10.2, that mix hue, saturation and luminosity of whole
// colors; the luminosity is W3C's 0.3, 0.59, 0.11.
extension PixelLoops {
  static func blendColors(
    _ mode: BlendMode, _ out: MutableColorBytes, backdrop: ColorBytes, source: ColorBytes, alpha: Bytes, count: Int
  ) {
    switch mode {
    case .hue: hue(out, backdrop, source, alpha, count)
    case .saturation: saturation(out, backdrop, source, alpha, count)
    case .color: color(out, backdrop, source, alpha, count)
    case .luminosity: luminosity(out, backdrop, source, alpha, count)
    default: preconditionFailure("this mode blends channels")
    }
  }

  @inline(never) private static func hue(
    _ out: MutableColorBytes, _ b: ColorBytes, _ s: ColorBytes, _ a: Bytes, _ count: Int
  ) {
    for i in 0..<count {
      let (below, layer) = (Color(b, i), Color(s, i))
      let blended = layer.with(saturation: below.saturation).with(luminosity: below.luminosity)
      store(blended, over: b, a, out, i)
    }
  }

  @inline(never) private static func saturation(
    _ out: MutableColorBytes, _ b: ColorBytes, _ s: ColorBytes, _ a: Bytes, _ count: Int
  ) {
    for i in 0..<count {
      let (below, layer) = (Color(b, i), Color(s, i))
      let blended = below.with(saturation: layer.saturation).with(luminosity: below.luminosity)
      store(blended, over: b, a, out, i)
    }
  }

  @inline(never) private static func color(
    _ out: MutableColorBytes, _ b: ColorBytes, _ s: ColorBytes, _ a: Bytes, _ count: Int
  ) {
    for i in 0..<count {
      store(Color(s, i).with(luminosity: Color(b, i).luminosity), over: b, a, out, i)
    }
  }

  @inline(never) private static func luminosity(
    _ out: MutableColorBytes, _ b: ColorBytes, _ s: ColorBytes, _ a: Bytes, _ count: Int
  ) {
    for i in 0..<count {
      store(Color(b, i).with(luminosity: Color(s, i).luminosity), over: b, a, out, i)
    }
  }

  @inline(__always) private static func store(
    _ color: Color, over b: ColorBytes, _ a: Bytes, _ out: MutableColorBytes, _ i: Int
  ) {
    let alpha = UInt16(a[i])
    out.red[i] = mixed(UInt16(b.red[i]), UInt16(level(color.red)), alpha)
    out.green[i] = mixed(UInt16(b.green[i]), UInt16(level(color.green)), alpha)
    out.blue[i] = mixed(UInt16(b.blue[i]), UInt16(level(color.blue)), alpha)
  }
}
