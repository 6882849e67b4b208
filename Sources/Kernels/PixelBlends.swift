import KernelTable

/// (1 − α)·from + α·to, for bytes.
@inline(__always) func mixed(_ from: UInt16, _ to: UInt16, _ alpha: UInt16) -> UInt8 {
  byte(dividedBy255((255 &- alpha) &* from &+ alpha &* to))
}

// The blend modes, a loop each: a mode chosen per pixel, or passed as a closure, would not vectorise.
extension PixelLoops {
  @inline(never) static func union(_ out: MutableBytes, _ a: Bytes, _ b: Bytes, count: Int) {
    for i in 0..<count { out[i] = a[i] | b[i] }
  }

  @inline(never) static func interpolate(
    _ out: MutableBytes, from: Bytes, to: Bytes, constant alpha: UInt8, count: Int
  ) {
    for i in 0..<count { out[i] = mixed(UInt16(from[i]), UInt16(to[i]), UInt16(alpha)) }
  }

  static func blend(
    _ mode: BlendMode, _ out: MutableBytes, backdrop: Bytes, source: Bytes, alpha: Bytes, count: Int
  ) {
    switch mode {
    case .normal: interpolate(out, from: backdrop, to: source, alpha: alpha, count: count)
    case .add: add(out, backdrop, source, alpha, count)
    case .screen: screen(out, backdrop, source, alpha, count)
    case .multiply: multiply(out, backdrop, source, alpha, count)
    case .difference: difference(out, backdrop, source, alpha, count)
    case .exclusion: exclusion(out, backdrop, source, alpha, count)
    case .overlay: overlay(out, backdrop, source, alpha, count)
    case .lighten: lighten(out, backdrop, source, alpha, count)
    case .darken: darken(out, backdrop, source, alpha, count)
    case .subtract: subtract(out, backdrop, source, alpha, count)
    case .softLight: softLight(out, backdrop, source, alpha, count)
    case .hardLight: hardLight(out, backdrop, source, alpha, count)
    case .colorDodge: colorDodge(out, backdrop, source, alpha, count)
    case .colorBurn: colorBurn(out, backdrop, source, alpha, count)
    case .linearLight: linearLight(out, backdrop, source, alpha, count)
    case .vividLight: vividLight(out, backdrop, source, alpha, count)
    case .pinLight: pinLight(out, backdrop, source, alpha, count)
    case .hardMix: hardMix(out, backdrop, source, alpha, count)
    case .grainExtract: grainExtract(out, backdrop, source, alpha, count)
    case .grainMerge: grainMerge(out, backdrop, source, alpha, count)
    case .hue, .saturation, .color, .luminosity: preconditionFailure("this mode mixes whole colors")
    }
  }

  @inline(never) private static func add(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let sum = UInt16(b[i]) &+ UInt16(s[i])
      out[i] = mixed(UInt16(b[i]), sum < 255 ? sum : 255, UInt16(a[i]))
    }
  }

  @inline(never) private static func multiply(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      out[i] = mixed(UInt16(b[i]), dividedBy255(UInt16(b[i]) &* UInt16(s[i])), UInt16(a[i]))
    }
  }

  @inline(never) private static func difference(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let apart = b[i] > s[i] ? b[i] &- s[i] : s[i] &- b[i]
      out[i] = mixed(UInt16(b[i]), UInt16(apart), UInt16(a[i]))
    }
  }

  /// b + s − 2bs, as b·(1 − s) + s·(1 − b): that fits 16 bits and rounds once.
  @inline(never) private static func exclusion(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let (p, q) = (UInt16(b[i]), UInt16(s[i]))
      out[i] = mixed(p, dividedBy255(p &* (255 &- q) &+ q &* (255 &- p)), UInt16(a[i]))
    }
  }

  @inline(never) private static func overlay(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let (p, q) = (UInt16(b[i]), UInt16(s[i]))
      let isDark = p < 128
      let product = dividedBy255((isDark ? p : 255 &- p) &* 2 &* (isDark ? q : 255 &- q))
      out[i] = mixed(p, isDark ? product : 255 &- product, UInt16(a[i]))
    }
  }

  @inline(never) private static func lighten(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count { out[i] = mixed(UInt16(b[i]), UInt16(b[i] > s[i] ? b[i] : s[i]), UInt16(a[i])) }
  }

  @inline(never) private static func darken(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count { out[i] = mixed(UInt16(b[i]), UInt16(b[i] < s[i] ? b[i] : s[i]), UInt16(a[i])) }
  }
}
