/// How the functions of the language are typed and taken apart into graph functions.
extension Analyzer {
  /// Exactly `count` positional numbers, checked; nil after a report.
  func numbers(
    _ arguments: [Argument], _ count: Int, _ name: Name, _ span: Span, _ scope: Scope, orDistances: Bool = false
  ) -> [TypedExpression]? {
    let values = arguments.map { check($0.value, in: scope) }
    if let named = arguments.first(where: { $0.name != nil })?.name {
      report(.unknownParameter(named, of: name.text, []))
      return nil
    }
    if values.count != count {
      let words = ["no", "one", "two", "three", "four"]
      report(.argumentCount(name, count < words.count ? words[count] : "\(count)", values.count, span))
      return nil
    }
    if values.contains(where: \.isInvalid) { return nil }
    return values.allSatisfy { expectNumber($0, for: "`\(name.text)`", orDistance: orDistances) } ? values : nil
  }

  /// `invert(mask)`: 1 − a number; a distance is taken from its other side, a condition denied.
  func invert(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard arguments.count == 1, arguments[0].name == nil else {
      report(.argumentCount(name, "one positional", arguments.count, span))
      return .invalid(span)
    }
    let mask = check(arguments[0].value, in: scope)
    if mask.isInvalid { return mask }
    if mask.type == .boolean { return unary(.not, mask, span) }
    guard expectNumber(mask, for: "`\(name.text)`", orDistance: true) else { return .invalid(span) }
    if mask.isShape { return unary(.negate, mask, span) }
    return make(.subtract, .number(1, span: span), mask, span)
  }

  /// The tag that values share when they are compared or added; nil after a report.
  func common(_ values: [TypedExpression], _ span: Span) -> Dimension? {
    var dimension = Dimension.plain
    for value in values {
      guard let joined = dimension.joined(with: value.dimension) else {
        report(.mixedUnits(dimension, value))
        return nil
      }
      dimension = joined
    }
    return dimension == .distance && !areLengths(values) ? nil : dimension
  }

  func plain(_ values: [TypedExpression], _ name: Name, _ span: Span) -> Dimension? {
    // Both of one tag divide out, as in atan2 of two lengths.
    if let first = values.first, values.allSatisfy({ $0.dimension == first.dimension }) { return .plain }
    return common(values, span).map { _ in .plain }
  }

  func clamp(_ x: TypedExpression, _ low: TypedExpression, _ high: TypedExpression, _ span: Span) -> TypedExpression {
    guard let dimension = common([x, low, high], span) else { return .invalid(span) }
    return make(.minimum, make(.maximum, x, low, dimension, span), high, dimension, span)
  }

  func clip(_ x: TypedExpression, _ span: Span) -> TypedExpression {
    clamp(x, .number(0, span: span), .number(1, span: span), span)
  }

  func smoothstep(
    _ low: TypedExpression, _ high: TypedExpression, _ x: TypedExpression, _ span: Span
  ) -> TypedExpression {
    guard let dimension = common([low, high, x], span) else { return .invalid(span) }
    let share = make(
      .divide, make(.subtract, x, low, dimension, span), make(.subtract, high, low, dimension, span), span)
    let t = clip(share, span)
    let slope = make(
      .subtract, .number(3, span: span), make(.multiply, .number(2, span: span), t, span), span)
    return make(.multiply, make(.multiply, t, t, span), slope, span)
  }

  /// Quilez' polynomial smooth minimum: min(a, b) − h²·k/4 with h = max(k − |a − b|, 0) / k.
  func smoothMinimum(
    _ a: TypedExpression, _ b: TypedExpression, _ k: TypedExpression, _ span: Span
  ) -> TypedExpression {
    guard let dimension = common([a, b, k], span) else { return .invalid(span) }
    let difference = make(.subtract, a, b, dimension, span)
    let gap = TypedExpression(.unary(.abs, difference), dimension, rate: difference.rate, span: span)
    let over = make(.maximum, make(.subtract, k, gap, dimension, span), .number(0, span: span), dimension, span)
    let h = make(.divide, over, k, span)
    let dip = make(
      .multiply, make(.multiply, make(.multiply, h, h, span), k, dimension, span), .number(0.25, span: span), dimension,
      span)
    return make(.subtract, make(.minimum, a, b, dimension, span), dip, dimension, span)
  }

  func mix(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    let values = arguments.map { check($0.value, in: scope) }
    guard values.count == 3 else {
      report(.argumentCount(name, "three", values.count, span))
      return .invalid(span)
    }
    if values.contains(where: \.isInvalid) { return .invalid(span) }
    func lerp(_ a: TypedExpression, _ b: TypedExpression, _ t: TypedExpression) -> TypedExpression {
      guard let dimension = common([a, b], span) else { return .invalid(span) }
      let difference = make(.subtract, b, a, dimension, span)
      return make(.add, a, make(.multiply, difference, t, dimension, span), dimension, span)
    }
    guard expectNumber(values[2], for: "the third argument of `mix`") else { return .invalid(span) }
    if values[0].type.isColored || values[1].type.isColored {
      for value in values.prefix(2) where !value.type.isColored {
        report(.mixKinds(value))
        return .invalid(span)
      }
      return eachChannel(of: values, span, in: scope) { lerp($0[0], $0[1], $0[2]) }
    }
    guard expectNumber(values[0], for: "`mix`"), expectNumber(values[1], for: "`mix`") else { return .invalid(span) }
    return lerp(values[0], values[1], values[2])
  }

  func select(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    let values = arguments.map { check($0.value, in: scope) }
    guard values.count == 3 else {
      report(.argumentCount(name, "three", values.count, span))
      return .invalid(span)
    }
    if values.contains(where: \.isInvalid) { return .invalid(span) }
    guard expectBoolean(values[0], for: "`if`") else { return .invalid(span) }
    let isMixed = Set([values[1].type, values[2].type]) == [.color, .gradient]
    let (a, b) = isMixed ? (asColor(values[1], in: scope), asColor(values[2], in: scope)) : (values[1], values[2])
    if a.isInvalid || b.isInvalid { return .invalid(span) }
    if let state = simulation(in: a, throughNames: false) ?? simulation(in: b, throughNames: false) {
      report(.stateInBranch(state, span))
      return .invalid(span)
    }
    guard a.type == b.type || (a.type == .integer && b.type == .number) || (a.type == .number && b.type == .integer)
    else {
      report(.branchesDiffer(a, b))
      return .invalid(span)
    }
    guard let dimension = common([a, b], span) else { return .invalid(span) }
    return TypedExpression(
      .select(values[0], then: a, otherwise: b), type: a.type, dimension,
      rate: values[0].rate.joined(with: a.rate).joined(with: b.rate), span: span)
  }

  func ramp(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    var positional: [TypedExpression] = []
    var curve: Curve?
    for argument in arguments {
      guard let key = argument.name else {
        positional.append(
          accept(check(argument.value, in: scope), in: Slot("a time of `ramp`", .number, .time, rate: .frame)))
        continue
      }
      switch key.key {
      case "ease": curve = self.curve(argument.value, in: scope)
      case "from", "to":
        let time = accept(check(argument.value, in: scope), in: Slot("`\(key.key)`", .number, .time, rate: .frame))
        positional.insert(time, at: key.key == "from" ? 0 : positional.count)
      default:
        report(.unknownParameter(key, of: name.text, ["from", "to", "ease"]))
        return .invalid(span)
      }
    }
    guard positional.count == 2 else {
      report(.argumentCount(name, "two times and an ease as", positional.count, span))
      return .invalid(span)
    }
    if positional.contains(where: \.isInvalid) { return .invalid(span) }
    let now = TypedExpression(.input(.time), .time, rate: .frame, span: span)
    let share = clip(
      make(
        .divide, make(.subtract, now, positional[0], .time, span),
        make(.subtract, positional[1], positional[0], .time, span), span), span)
    return eased(share, by: curve, span)
  }

  func at(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard let first = arguments.first, first.name == nil else {
      report(.argumentCount(name, "a field and x, y or t as", arguments.count, span))
      return .invalid(span)
    }
    let field = check(first.value, in: scope)
    var coordinates: [String: TypedExpression] = [:]
    for argument in arguments.dropFirst() {
      let keys = ["x", "y", "t"]
      guard let key = argument.name, keys.contains(key.key) else {
        if let key = argument.name {
          report(.unknownParameter(key, of: name.text, keys))
        } else {
          report(.argumentCount(name, "one positional", arguments.count, span))
        }
        return .invalid(span)
      }
      var value = check(argument.value, in: scope)
      // `t` is plain, so `t - 0.5s` is a time and `t / 2` a plain number: both are seconds here.
      if key.key == "t" && value.dimension == .plain { value.dimension = .time }
      let slot = Slot("`\(key.key)` of `at`", .number, key.key == "t" ? .time : .length, rate: .pixel)
      coordinates[key.key] = accept(value, in: slot)
    }
    guard !field.isInvalid, field.type.isColored || expectNumber(field, for: "`at`", orDistance: true),
      !coordinates.values.contains(where: \.isInvalid)
    else { return .invalid(span) }
    if coordinates["t"] != nil, let state = simulation(in: field, throughNames: true) {
      report(.stateAtAnotherTime(state, span))
      return .invalid(span)
    }
    if coordinates["t"] != nil, readsPicture(field) {
      report(.pictureAtAnotherTime(span))
      return .invalid(span)
    }
    if let time = coordinates["t"], !time.rate.isAccepted(by: .frame), movingPicture(in: field) {
      report(.movingAtManyTimes(time))
      return .invalid(span)
    }
    let rate = coordinates.values.reduce(field.rate) { $0.joined(with: $1.rate) }
    func there(_ value: TypedExpression) -> TypedExpression {
      TypedExpression(
        .at(value, x: coordinates["x"], y: coordinates["y"], time: coordinates["t"]), value.dimension, rate: rate,
        span: span)
    }
    return field.type.isColored ? eachChannel(of: [field], span, in: scope) { there($0[0]) } : there(field)
  }

  func random(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    let periods = ["segment", "beat", "bar", "frame", "cell"] + (scope.hasPixel ? ["pixel"] : [])
    var period = "segment"
    var salt = 0
    for (position, argument) in arguments.enumerated() {
      switch argument.name?.key ?? (position == 0 ? "per" : "k") {
      case "per":
        guard case .reference(let path) = argument.value.kind, path.count == 1, periods.contains(path[0].key) else {
          report(.unknownPeriod(argument.value.span, periods))
          return .invalid(span)
        }
        period = path[0].key
      case "k":
        let value = accept(check(argument.value, in: scope), in: Slot("`k`", .integer, rate: .constant))
        guard let number = settled(value) else { return .invalid(span) }
        salt = Int(number)
      default:
        report(.unknownParameter(argument.name!, of: name.text, ["per", "k"]))
        return .invalid(span)
      }
    }
    let index: TypedExpression
    switch period {
    case "beat": index = TypedExpression(.input(.feature(.beatN)), rate: .frame, span: span)
    case "bar": index = TypedExpression(.input(.feature(.barN)), rate: .frame, span: span)
    case "frame": index = TypedExpression(.input(.frame), rate: .frame, span: span)
    case "cell", "pixel":
      let row = TypedExpression(.input(.row), rate: .row, span: span)
      let column = TypedExpression(.input(.column), rate: .column, span: span)
      // A grid has at most 1024 columns, so every cell has its own index. Pixels have their own down to row 2048: further
      // on a Float32 would not tell them apart.
      let line = scope.hasPixel ? make(.modulo, row, .number(2048, span: span), span) : row
      index = make(.add, make(.multiply, line, .number(scope.hasPixel ? 8192 : 1024, span: span), span), column, span)
    default: index = .number(0, span: span)
    }
    return TypedExpression(.random(salt: salt, index), rate: index.rate.joined(with: .segment), span: span)
  }

  func pick(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard !arguments.isEmpty, let values = numbers(arguments, arguments.count, name, span, scope, orDistances: true)
    else {
      if arguments.isEmpty { report(.argumentCount(name, "one or more", 0, span)) }
      return .invalid(span)
    }
    guard let dimension = common(values, span) else { return .invalid(span) }
    let roll = TypedExpression(.random(salt: values.count, .number(0, span: span)), rate: .segment, span: span)
    let place = make(.multiply, roll, .number(Double(values.count), span: span), span)
    return values.enumerated().dropFirst().reduce(values[0]) { chosen, next in
      let reached = make(.lessOrEqual, .number(Double(next.offset), span: span), place, type: .boolean, .plain, span)
      return TypedExpression(
        .select(reached, then: next.element, otherwise: chosen), dimension,
        rate: reached.rate.joined(with: next.element.rate).joined(with: chosen.rate), span: span)
    }
  }
}

extension Diagnostic {
  fileprivate static func mixedUnits(_ dimension: Dimension, _ value: TypedExpression) -> Diagnostic {
    Diagnostic("wrong_unit", "expected \(dimension.described), found \(value.dimension.described)", at: value.span)
  }

  fileprivate static func mixKinds(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`mix` of a colour needs another colour, found \(value.type.described)", at: value.span)
  }

  fileprivate static func branchesDiffer(_ a: TypedExpression, _ b: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "both branches of `if` need one type", at: b.span, caret: b.type.described,
      labels: [.init(a.span, a.type.described)],
      help: [a.type, b.type].contains(.color) && [a.type, b.type].contains(.number)
        ? "a number is a grey as `rgb(0.3, 0.3, 0.3)`" : nil)
  }

  fileprivate static func unknownPeriod(_ span: Span, _ periods: [String]) -> Diagnostic {
    Diagnostic("unknown_choice", "`per` takes one of \(list(periods))", at: span)
  }
}
