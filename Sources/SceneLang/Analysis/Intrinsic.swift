/// A function of the language itself: elementary mathematics, choices, time and randomness. What can be written in the
/// language is not here but in the prelude.
struct Intrinsic: Sendable {
  typealias Apply = @Sendable (Analyzer, Name, [Argument], Span, Scope) -> TypedExpression

  var name: String
  /// As shown by `list`, such as `mix(a, b, t)`.
  var signature: String
  var summary: String
  var apply: Apply

  var isVariadic: Bool { signature.contains("…") }

  static func named(_ key: String) -> Intrinsic? { table[key] }
  static let names: [String] = all.map(\.name)
  private static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static let all: [Intrinsic] =
    (colorSpaces + [
      unary("abs", .abs, .kept, "Magnitude."),
      unary("sign", .sign, .dropped, "−1, 0 or 1."),
      unary("floor", .floor, .kept, "Largest whole number not above."),
      unary("ceil", .ceil, .kept, "Smallest whole number not below."),
      unary("round", .round, .kept, "Nearest whole number, halves up."),
      unary("fract", .fract, .kept, "x − floor(x)."),
      unary("sqrt", .sqrt, .plain, "Square root; 0 for negative numbers."),
      unary("cbrt", .cbrt, .plain, "Cube root."),
      unary("exp", .exp, .plain, "e to the power of x."),
      unary("log", .log, .plain, "Natural logarithm; finite for x ≤ 0."),
      unary("sin", .sin, .angle, "Sine of an angle in radians."),
      unary("cos", .cos, .angle, "Cosine of an angle in radians."),
      unary("tan", .tan, .angle, "Tangent of an angle in radians."),
      unary("asin", .asin, .plain, "Inverse sine, in radians."),
      unary("acos", .acos, .plain, "Inverse cosine, in radians."),
      unary("atan", .atan, .plain, "Inverse tangent, in radians."),
      unary("tanh", .tanh, .plain, "Hyperbolic tangent."),
      binary("atan2", .atan2, "y, x", "Angle of the point (x, y), in radians."),
      binary("length", .hypot, "x, y", "√(x² + y²)."),
      binary("mod", .modulo, "x, y", "x − y · floor(x / y); 0 for y = 0."),
      binary("pow", .power, "x, y", "x to the power of y."),
      extremum("min", .minimum, "The smallest of two or more."),
      extremum("max", .maximum, "The largest of two or more."),
      Intrinsic(name: "clamp", signature: "clamp(x, low, high)", summary: "x within low…high.") {
        a, name, args, span, scope in
        a.numbers(args, 3, name, span, scope, orDistances: true).map { a.clamp($0[0], $0[1], $0[2], span) }
          ?? .invalid(span)
      },
      Intrinsic(name: "clip", signature: "clip(x)", summary: "x within 0…1.") { a, name, args, span, scope in
        a.numbers(args, 1, name, span, scope).map { a.clip($0[0], span) } ?? .invalid(span)
      },
      Intrinsic(name: "step", signature: "step(edge, x)", summary: "1 where x is at least edge, else 0.") {
        a, name, args, span, scope in
        a.numbers(args, 2, name, span, scope).map {
          a.make(.lessOrEqual, $0[0], $0[1], .plain, span)
        } ?? .invalid(span)
      },
      Intrinsic(
        name: "smoothstep", signature: "smoothstep(low, high, x)",
        summary: "0 below low, 1 above high, 3t² − 2t³ between."
      ) { a, name, args, span, scope in
        a.numbers(args, 3, name, span, scope).map { a.smoothstep($0[0], $0[1], $0[2], span) } ?? .invalid(span)
      },
      Intrinsic(name: "mix", signature: "mix(a, b, t)", summary: "a + (b − a) · t, of numbers or colours.") {
        $0.mix($1, $2, $3, $4)
      },
      Intrinsic(name: "if", signature: "if(condition, a, b)", summary: "a where the condition holds, else b.") {
        $0.select($1, $2, $3, $4)
      },
      Intrinsic(
        name: "rgb", signature: "rgb(r, g, b)", summary: "A colour of three levels 0…1."
      ) { a, name, args, span, scope in
        guard let levels = a.numbers(args, 3, name, span, scope), a.areLevels(levels, of: name) else {
          return .invalid(span)
        }
        return TypedExpression(
          .rgb(levels[0], levels[1], levels[2]), type: .color,
          rate: levels[0].rate.joined(with: levels[1].rate).joined(with: levels[2].rate), span: span)
      },
      Intrinsic(
        name: "ramp", signature: "ramp(from, to, ease=linear)",
        summary: "0 before `from`, 1 after `to`, times in the segment."
      ) { $0.ramp($1, $2, $3, $4) },
      Intrinsic(
        name: "at", signature: "at(field, x=x, y=y, t=t)", summary: "A field read at other coordinates or another time."
      ) { $0.at($1, $2, $3, $4) },
      Intrinsic(
        name: "every", signature: "every(4beats)",
        summary: "Whether a beat, a bar or a span of time of the video begins in this frame: every so many."
      ) { $0.every($1, $2, $3, $4) },
      Intrinsic(
        name: "beats", signature: "beats(4)",
        summary: "Whether a beat begins in this frame: every so many of the count."
      ) { $0.beats($1, $2, $3, $4) },
      Intrinsic(name: "bar", signature: "bar", summary: "Whether a bar begins in this frame.") {
        $0.bar($1, $2, $3, $4)
      },
      Intrinsic(
        name: "invert", signature: "invert(mask)",
        summary: "1 − a mask; of a shape what is outside, of a condition its contrary."
      ) { $0.invert($1, $2, $3, $4) },
      Intrinsic(
        name: "smooth", signature: "smooth(value, 0.2s)",
        summary: "The mean of a value over the time before: of a feature, a softer one."
      ) { $0.smooth($1, $2, $3, $4) },
      Intrinsic(
        name: "levels", signature: "levels(field, 2%, 98%)",
        summary: "A field stretched to 0…1 between two of its percentiles over the segment."
      ) { $0.levels($1, $2, $3, $4) },
      Intrinsic(
        name: "random", signature: "random(per=segment, k=0)",
        summary: "0…1, new per segment, beat, bar, frame, cell or (in shaders) pixel; k tells several apart."
      ) { $0.random($1, $2, $3, $4) },
      Intrinsic(name: "pick", signature: "pick(a, b, …)", summary: "One of the values, chosen once per segment.") {
        $0.pick($1, $2, $3, $4)
      },
      Intrinsic(
        name: "sequence", signature: "sequence(a, b, …, each=5s, crossfade=1s)",
        summary: "Fields one after another, again and again; neighbours mix before each change."
      ) { $0.sequence($1, $2, $3, $4) },
      Intrinsic(
        name: "smooth_min", signature: "smooth_min(a, b, k)",
        summary: "Minimum with a rounded corner of width k (polynomial)."
      ) { a, name, args, span, scope in
        a.numbers(args, 3, name, span, scope, orDistances: true).map {
          a.smoothMinimum($0[0], $0[1], $0[2], span)
        } ?? .invalid(span)
      },
    ]).sorted { $0.name < $1.name }

  private enum Units { case kept, dropped, plain, angle }

  private static func unary(_ name: String, _ function: UnaryFunction, _ units: Units, _ summary: String) -> Intrinsic {
    Intrinsic(name: name, signature: "\(name)(x)", summary: summary) { a, name, args, span, scope in
      guard let x = a.numbers(args, 1, name, span, scope)?[0] else { return .invalid(span) }
      if x.dimension != .plain && !(units == .kept || units == .dropped || (units == .angle && x.dimension == .angle)) {
        let accepted = a.accept(x, in: Slot("`\(name.text)`", dimension: units == .angle ? .angle : .plain))
        if accepted.isInvalid { return accepted }
      }
      return TypedExpression(.unary(function, x), units == .kept ? x.dimension : .plain, rate: x.rate, span: span)
    }
  }

  private static func binary(
    _ name: String, _ function: BinaryFunction, _ parameters: String, _ summary: String
  ) -> Intrinsic {
    Intrinsic(name: name, signature: "\(name)(\(parameters))", summary: summary) { a, name, args, span, scope in
      guard let v = a.numbers(args, 2, name, span, scope) else { return .invalid(span) }
      let dimension = function == .hypot || function == .modulo ? a.common(v, span) : a.plain(v, name, span)
      return dimension.map { a.make(function, v[0], v[1], $0, span) } ?? .invalid(span)
    }
  }

  private static func extremum(_ name: String, _ function: BinaryFunction, _ summary: String) -> Intrinsic {
    Intrinsic(name: name, signature: "\(name)(a, b, …)", summary: summary) { a, name, args, span, scope in
      guard args.count >= 2 else {
        for argument in args { _ = a.check(argument.value, in: scope) }
        a.report(.argumentCount(name, "two or more", args.count, span))
        return .invalid(span)
      }
      guard let v = a.numbers(args, args.count, name, span, scope, orDistances: true),
        let dimension = a.common(v, span)
      else { return .invalid(span) }
      return v.dropFirst().reduce(v[0]) { a.make(function, $0, $1, dimension, span) }
    }
  }
}

extension Slot {
  fileprivate init(_ what: String, dimension: Dimension) { self.init(what, .number, dimension, rate: .pixel) }
}

extension Diagnostic {
  static func argumentCount(_ name: Name, _ expected: String, _ found: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_argument_count", "`\(name.text)` takes \(expected) arguments, found \(found)", at: span,
      help: Intrinsic.named(name.key).map { "it is written `\($0.signature)`" })
  }
}
