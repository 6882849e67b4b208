import CVector
import KernelTable

// The blends for what is fed back: bytes would add up their rounding from frame to frame. Formulas as those of bytes
// (PixelBlends, PixelLightBlends, PixelColorBlends); b is the level below, s the source's. The simple modes are computed in
// words, the others on 0…1.
extension PixelLoops {
  @inline(never) static func feedBack(
    _ mode: BlendMode, _ out: MutableBytes, _ deep: MutableWords, backdrop: Bytes, source: Words, gain: Float,
    alpha: Float, count: Int
  ) {
    let scale = gain * (1 / 65535)
    /// A loop for each mode: the closures are inlined, and the loops vectorised.
    @inline(__always) func loop(_ blended: (_ b: Float, _ s: Float) -> Float) {
      for i in 0..<count {
        let b = Float(backdrop[i]) * (1 / 255)
        let word = deepLevel(b + (blended(b, Float(source[i]) * scale) - b) * alpha)
        deep[i] = word
        out[i] = shallow(word)
      }
    }
    let (dimmed, opacity) = (deepLevel(gain), deepLevel(alpha))
    /// The same in words, of a source that is multiplied by `factor`; `result` takes the opacity into account.
    @inline(__always) func words(of factor: UInt16, _ result: (_ b: WordLanes, _ s: WordLanes) -> WordLanes) {
      var i = 0
      while i < count {
        let source = WordLanes.product(WordLanes(source, at: i), WordLanes(repeating: factor))
        let word = result(WordLanes(backdrop, at: i) &* 257, source)
        word.store(to: deep, at: i)
        shallow(word).store(to: out, at: i)
        i &+= WordLanes.count
      }
    }
    switch mode {
    case .normal: words(of: dimmed) { b, s in mixed(b, s, opacity) }
    case .add: words(of: dimmed) { b, s in b &+ share(opacity, of: .minimum(s, b.inverted)) }
    case .subtract: words(of: dimmed) { b, s in b &- share(opacity, of: .minimum(s, b)) }
    case .screen: words(of: deepLevel(gain * alpha)) { b, s in b &+ .product(s, b.inverted) }
    case .multiply: words(of: dimmed) { b, s in b &- share(opacity, of: .product(b, s.inverted)) }
    case .difference: words(of: dimmed) { b, s in mixed(b, .maximum(b, s) &- .minimum(b, s), opacity) }
    case .exclusion: words(of: dimmed) { b, s in mixed(b, .product(b, s.inverted) &+ .product(s, b.inverted), opacity) }
    case .lighten: words(of: dimmed) { b, s in b &+ share(opacity, of: .excess(s, over: b)) }
    case .darken: words(of: dimmed) { b, s in b &- share(opacity, of: .excess(b, over: s)) }
    case .overlay: loop { b, s in hardLight(s, b) }
    case .hardLight: loop { b, s in hardLight(b, s) }
    case .softLight: loop { b, s in softLight(b, s) }
    case .colorDodge: loop { b, s in dodged(b, s) }
    case .colorBurn: loop { b, s in 1 - dodged(1 - b, 1 - s) }
    case .vividLight: loop { b, s in s <= 0.5 ? 1 - dodged(1 - b, 1 - 2 * s) : dodged(b, 2 * s - 1) }
    case .linearLight: loop { b, s in limited(b + 2 * s - 1) }
    case .pinLight: loop { b, s in lesser(greater(b, 2 * s - 1), 2 * s) }
    case .hardMix: loop { b, s in b + s >= 1 ? 1 : 0 }
    case .grainExtract: loop { b, s in limited(b - s + 0.5) }
    case .grainMerge: loop { b, s in limited(b + s - 0.5) }
    case .hue, .saturation, .color, .luminosity: preconditionFailure("this mode mixes whole colors")
    }
  }

  @inline(never) static func feedBackColors(
    _ mode: BlendMode, _ out: MutableColorBytes, _ deep: MutableColorWords, backdrop: ColorBytes,
    source: MutableColorWords, gain: Float, alpha: Float, count: Int
  ) {
    let scale = gain * (1 / 257)
    @inline(__always) func loop(_ blended: (_ b: Color, _ s: Color) -> Color) {
      for i in 0..<count {
        let b = Color(backdrop, i)
        let (red, green, blue) = (Float(source.red[i]), Float(source.green[i]), Float(source.blue[i]))
        let mixed = blended(b, Color(red * scale, green * scale, blue * scale))
        deep.red[i] = deepLevel((b.red + (mixed.red - b.red) * alpha) * (1 / 255))
        deep.green[i] = deepLevel((b.green + (mixed.green - b.green) * alpha) * (1 / 255))
        deep.blue[i] = deepLevel((b.blue + (mixed.blue - b.blue) * alpha) * (1 / 255))
        out.red[i] = shallow(deep.red[i])
        out.green[i] = shallow(deep.green[i])
        out.blue[i] = shallow(deep.blue[i])
      }
    }
    switch mode {
    case .hue: loop { b, s in s.with(saturation: b.saturation).with(luminosity: b.luminosity) }
    case .saturation: loop { b, s in b.with(saturation: s.saturation).with(luminosity: b.luminosity) }
    case .color: loop { b, s in s.with(luminosity: b.luminosity) }
    case .luminosity: loop { b, s in b.with(luminosity: s.luminosity) }
    default: preconditionFailure("this mode blends channels")
    }
  }

  /// 0…1 to a word; rounding takes x no farther out than the half that is added.
  @inline(__always) private static func deepLevel(_ x: Float) -> UInt16 {
    UInt16(truncatingIfNeeded: cv_truncate(x * 65535 + 0.5))
  }

  /// (1 − α)·b + α·s, rounded.
  @inline(__always) private static func mixed(_ b: WordLanes, _ s: WordLanes, _ alpha: UInt16) -> WordLanes {
    b &+ share(alpha, of: .excess(s, over: b)) &- share(alpha, of: .excess(b, over: s))
  }

  @inline(__always) private static func share(_ share: UInt16, of words: WordLanes) -> WordLanes {
    .product(words, WordLanes(repeating: share))
  }

  /// word / 257, rounded.
  @inline(__always) private static func shallow(_ word: UInt16) -> UInt8 { byte((word &- (word &>> 8) &+ 128) &>> 8) }

  @inline(__always) private static func shallow(_ words: WordLanes) -> WordLanes {
    (words &- (words &>> 8) &+ 128) &>> 8
  }

  @inline(__always) private static func lesser(_ a: Float, _ b: Float) -> Float { a < b ? a : b }
  @inline(__always) private static func greater(_ a: Float, _ b: Float) -> Float { a > b ? a : b }
  @inline(__always) private static func limited(_ x: Float) -> Float { greater(lesser(x, 1), 0) }

  @inline(__always) private static func hardLight(_ b: Float, _ s: Float) -> Float {
    s <= 0.5 ? b * 2 * s : 1 - (1 - b) * (2 - 2 * s)
  }

  @inline(__always) private static func softLight(_ b: Float, _ s: Float) -> Float {
    let turn = 2 * s - 1
    let bent = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : cv_square_root(b)
    return b + turn * (turn <= 0 ? b * (1 - b) : bent - b)
  }

  /// min(1, b / (1 − s)); 0 for black, also over white.
  @inline(__always) private static func dodged(_ b: Float, _ s: Float) -> Float {
    let rest = 1 - s
    let share = b / (rest > 0x1p-24 ? rest : 0x1p-24)
    return b > 0 ? lesser(share, 1) : 0
  }
}
