/// Colours of other spaces as expressions of their three numbers, so that each may change per cell. Hues are in turns.
extension Intrinsic {
  private typealias Space = @Sendable (Analyzer, [TypedExpression], Span) -> TypedExpression

  static let colorSpaces: [Intrinsic] = [
    space("hsv", "h, s, v", "A colour of hue, saturation and value.") { $0.hsv($1[0], $1[1], $1[2], $2) },
    space("hsl", "h, s, l", "A colour of hue, saturation and lightness.") { $0.hsl($1[0], $1[1], $1[2], $2) },
    space("oklab", "l, a, b", "A colour of OKLAB: lightness 0…1, green to red and blue to yellow, some −0.4…0.4.") {
      $0.oklab($1[0], $1[1], $1[2], $2)
    },
    space("oklch", "l, c, h", "A colour of OKLCH: lightness 0…1, chroma up to some 0.4, hue in turns.") {
      $0.oklch($1[0], $1[1], $1[2], $2)
    },
    Intrinsic(
      name: "oklch_angle", signature: "oklch_angle(offset=0, chroma=0.12, lightness=0.7)",
      summary: "A colour of OKLCH whose hue goes round with the angle, and a twentieth of a turn a second."
    ) { a, name, args, span, scope in
      let parameters = [("offset", 0), ("chroma", 0.12), ("lightness", 0.7)].map { name, value in
        CheckedParameter(
          name: name, aliases: [], type: .number, dimension: .plain, range: nil, rate: .pixel, choices: [], doc: nil,
          default: .number(value, span: span), span: span)
      }
      guard let values = a.bind(args, to: parameters, of: name, span, in: scope) else { return .invalid(span) }
      let turning = a.builtin("angle / tau + 0.05 * t", of: name.key)
      return a.oklch(values[2], values[1], a.make(.add, turning, values[0], span), span)
    },
  ]

  private static func space(
    _ name: String, _ parts: String, _ summary: String, _ color: @escaping Space
  ) -> Intrinsic {
    Intrinsic(name: name, signature: "\(name)(\(parts))", summary: summary) { a, name, args, span, scope in
      guard let values = a.numbers(args, 3, name, span, scope) else { return .invalid(span) }
      let plain = values.map { a.accept($0, in: Slot("`\(name.text)`", rate: .pixel)) }
      guard !plain.contains(where: \.isInvalid), !name.key.hasPrefix("hs") || a.areLevels(plain.dropFirst(), of: name)
      else { return .invalid(span) }
      return color(a, plain, span)
    }
  }
}

extension Analyzer {
  /// Whether no level of a color is meant as one of 0…255; false after a report. A little above 1 is bright light.
  func areLevels(_ levels: some Sequence<TypedExpression>, of name: Name) -> Bool {
    let slot = Slot("a level of `\(name.text)`", rate: .pixel, in: 0...1)
    var areLevels = true
    for level in levels {
      guard let number = constant(level), number >= 4 else { continue }
      areLevels = !accept(level, in: slot).isInvalid && areLevels
    }
    return areLevels
  }

  fileprivate func hsv(
    _ hue: TypedExpression, _ saturation: TypedExpression, _ value: TypedExpression, _ span: Span
  ) -> TypedExpression {
    let chroma = make(.multiply, value, saturation, span)
    return color(span) { n in
      // v − v·s·max(0, min(k, 4 − k, 1)), k = (n + 6h) mod 6
      let k = sector([5, 3, 1][n], 6, hue, span)
      let slope = make(.minimum, k, make(.subtract, .number(4, span: span), k, span), span)
      return make(.subtract, value, make(.multiply, chroma, clip(slope, span), span), span)
    }
  }

  fileprivate func hsl(
    _ hue: TypedExpression, _ saturation: TypedExpression, _ lightness: TypedExpression, _ span: Span
  ) -> TypedExpression {
    let rest = make(.subtract, .number(1, span: span), lightness, span)
    let reach = make(.multiply, saturation, make(.minimum, lightness, rest, span), span)
    return color(span) { n in
      // l − s·min(l, 1 − l)·max(−1, min(k − 3, 9 − k, 1)), k = (n + 12h) mod 12
      let k = sector([0, 8, 4][n], 12, hue, span)
      let rise = make(.subtract, k, .number(3, span: span), span)
      let slope = make(.minimum, rise, make(.subtract, .number(9, span: span), k, span), span)
      let limited = clamp(slope, .number(-1, span: span), .number(1, span: span), span)
      return make(.subtract, lightness, make(.multiply, reach, limited, span), span)
    }
  }

  fileprivate func oklch(
    _ lightness: TypedExpression, _ chroma: TypedExpression, _ hue: TypedExpression, _ span: Span
  ) -> TypedExpression {
    let angle = make(.multiply, .number(2 * .pi, span: span), hue, span)
    let parts = [UnaryFunction.cos, .sin].map { function in
      make(.multiply, chroma, TypedExpression(.unary(function, angle), rate: angle.rate, span: span), span)
    }
    return oklab(lightness, parts[0], parts[1], span)
  }

  /// (n + period · hue) mod period.
  fileprivate func sector(_ n: Double, _ period: Double, _ hue: TypedExpression, _ span: Span) -> TypedExpression {
    let turned = make(.add, .number(n, span: span), make(.multiply, .number(period, span: span), hue, span), span)
    return make(.modulo, turned, .number(period, span: span), span)
  }

  /// Red, green and blue by their number.
  fileprivate func color(_ span: Span, _ channel: (Int) -> TypedExpression) -> TypedExpression {
    let (r, g, b) = (channel(0), channel(1), channel(2))
    return TypedExpression(
      .rgb(r, g, b), type: .color, rate: r.rate.joined(with: g.rate).joined(with: b.rate), span: span)
  }

  /// Ottosson, "A perceptual color space for image processing", 2020; then the curve of sRGB (IEC 61966-2-1). What lies
  /// outside of sRGB is cut at each channel.
  fileprivate func oklab(
    _ lightness: TypedExpression, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> TypedExpression {
    func number(_ value: Double) -> TypedExpression { .number(value, span: span) }
    func weighted(_ weights: [Double], _ parts: [TypedExpression]) -> TypedExpression {
      let terms = zip(weights, parts).map { make(.multiply, number($0), $1, span) }
      return make(.add, make(.add, terms[0], terms[1], span), terms[2], span)
    }
    let cones = [
      [1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.2914855480],
    ]
    .map { weights -> TypedExpression in
      let root = weighted(weights, [lightness, a, b])
      return make(.multiply, root, make(.multiply, root, root, span), span)
    }
    let matrix = [
      [4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
    return color(span) { n in
      let linear = clip(weighted(matrix[n], cones), span)
      let power = make(.power, linear, number(1 / 2.4), span)
      let curved = make(.subtract, make(.multiply, number(1.055), power, span), number(0.055), span)
      let isDark = make(.lessOrEqual, linear, number(0.0031308), span)
      return TypedExpression(
        .select(isDark, then: make(.multiply, number(12.92), linear, span), otherwise: curved), rate: linear.rate,
        span: span)
    }
  }
}
