extension Analyzer {
  func readGradients(_ entry: YAMLEntry?, into scope: Scope) {
    guard let entry, let items = mapping(entry.value, as: "gradients") else { return }
    for item in items {
      expectUsable(item.key, at: item.keySpan)
      reviewHiding(by: item.key, at: item.keySpan, reach: .fields)
      guard let gradient = gradient(item.value) else { continue }
      if let earlier = scope.define(Name.folded(item.key), .gradient(gradient), at: item.keySpan) {
        report(.definedTwice(item.key, item.keySpan, earlier))
      }
    }
  }

  /// Whether a node where any value may stand is a gradient: a list with a color in it, or a mapping of one.
  func isGradient(_ node: YAMLNode) -> Bool {
    func isColor(_ item: YAMLNode) -> Bool {
      switch item.content {
      case .scalar(let scalar): scalar.text.hasPrefix("#")
      case .mapping(let entries): entries.contains { Name.folded($0.key) == "color" }
      case .sequence, .invalid: false
      }
    }
    switch node.content {
    case .sequence(let items): return items.contains(where: isColor)
    case .mapping(let entries):
      return entries.contains { entry in
        guard KeyTable.gradient.oneOf.contains(Name.folded(entry.key)) else { return false }
        // `oklab` of three numbers is a color.
        if case .sequence(let items) = entry.value.content { return items.contains(where: isColor) }
        return choices(Harmony.self)[Name.folded(entry.key)] != nil
      }
    case .scalar, .invalid: return false
    }
  }

  /// `[colours]` (OKLAB), or `{oklab|oklch|rgb|steps: [colours], hue_path: short|long}`, or `{triadic: colour}` and other
  /// harmonies, whose colours lie side by side. A colour may be `{color: …, at: 40%}`; the others are spaced evenly between
  /// their neighbours.
  func gradient(_ node: YAMLNode) -> Gradient? {
    if case .sequence = node.content { return stops(node, .oklab).map { Gradient(stops: $0, space: .oklab) } }
    let spaces = choices(Gradient.Space.self)
    guard let entries = read(node, as: "a gradient", keys: KeyTable.gradient.names) else { return nil }
    let harmonies = choices(Harmony.self)
    let given = entries.filter { spaces[$0.key] != nil || harmonies[$0.key] != nil }
    guard given.count == 1, let (key, colors) = given.first else {
      report(.gradientSpace(node.span))
      return nil
    }
    if let harmony = harmonies[key] {
      guard let seed = constantColor(colors.value) else { return nil }
      let colors = harmony.colors(of: seed)
      return Gradient(
        stops: colors.enumerated().map { .init(position: Double($0) / Double(colors.count), color: $1) },
        space: .steps)
    }
    var path = Gradient.HuePath.short
    if let entry = entries["hue_path"] {
      path = choice(entry.value, as: "a hue path", among: choices(Gradient.HuePath.self)) ?? .short
    }
    let space = spaces[key]!
    return stops(colors.value, space).map { Gradient(stops: $0, space: space, huePath: path) }
  }

  private func stops(_ node: YAMLNode, _ space: Gradient.Space) -> [Gradient.Stop]? {
    guard let items = sequence(node, as: "a list of colours") else { return nil }
    guard items.count >= 2 else {
      report(.tooFewColors(node.span))
      return nil
    }
    var colors: [RGB] = []
    var places: [Double?] = []
    for item in items {
      guard let (color, place) = stop(item) else { return nil }
      colors.append(color)
      places.append(place)
    }
    places[0] = places[0] ?? 0
    // A step ends where the next one begins, so the last of them ends at 1 and begins before.
    if space != .steps { places[places.count - 1] = places[places.count - 1] ?? 1 }
    let positions = space == .steps ? Array(spread(places + [1]).dropLast()) : spread(places)
    for (a, b) in zip(positions, positions.dropFirst()) where a > b {
      report(.stopsOutOfOrder(node.span))
      return nil
    }
    return zip(positions, colors).map { Gradient.Stop(position: $0, color: $1) }
  }

  private func stop(_ node: YAMLNode) -> (RGB, Double?)? {
    var colorNode = node
    var place: Double?
    if case .mapping = node.content {
      guard let keys = read(node, as: "a colour stop", keys: KeyTable.colorStop.names, required: ["color"]),
        let color = keys["color"]
      else { return nil }
      colorNode = color.value
      if let at = keys["at"] {
        guard let share = number(at, in: Slot(at, of: .colorStop)) else { return nil }
        place = share
      }
    }
    return constantColor(colorNode).map { ($0, place) }
  }

  private func constantColor(_ node: YAMLNode) -> RGB? {
    let slot = Slot("a colour of a gradient", .color, rate: .constant)
    return settledColor(accept(value(node, in: makeBareScope()), in: slot))
  }

  /// Fills the unknown places evenly between the known ones. The first and the last are known.
  private func spread(_ places: [Double?]) -> [Double] {
    var result: [Double] = []
    var index = 0
    while index < places.count {
      if let place = places[index] {
        result.append(place)
        index += 1
        continue
      }
      let next = places[index...].firstIndex { $0 != nil }!
      let (from, to) = (result.last!, places[next]!)
      let steps = Double(next - index + 1)
      for step in 1...(next - index) { result.append(from + (to - from) * Double(step) / steps) }
      index = next
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func gradientSpace(_ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "a gradient names one space for its colours", at: span,
      help: "as in `{oklab: [\"#1b1035\", \"#ff5f6d\"]}`")
  }

  fileprivate static func tooFewColors(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "a gradient needs two colours or more", at: span)
  }

  fileprivate static func stopsOutOfOrder(_ span: Span) -> Diagnostic {
    Diagnostic("out_of_range", "the stops of a gradient go upwards from 0 to 1", at: span)
  }
}
