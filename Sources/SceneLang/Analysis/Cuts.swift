/// `cut: {every: 4beats, until: 32s}` with `use: [a, b, c]`: segments made from a rhythm and a set of templates.
extension Analyzer {
  private enum Order: String, CaseIterable { case cycle, shuffle, random }

  func readCut(_ node: YAMLNode, into timeline: inout Timeline, in file: Scope) {
    let keys = ["cut", "use", "with", "order", "name", "seed"]
    guard let entries = read(node, as: "a cut", keys: Set(keys), required: ["cut", "use"]),
      let cut = entries["cut"], let use = entries["use"],
      let rhythm = read(cut.value, as: "`cut`", keys: ["every", "until"], required: ["every", "until"]),
      let every = seconds(rhythm["every"], in: file), let until = seconds(rhythm["until"], in: file)
    else { return }
    let templates: [YAMLNode]
    if case .sequence(let list) = use.value.content { templates = list } else { templates = [use.value] }
    let paths = templates.compactMap { path($0, as: "a template", in: file) }
    guard !paths.isEmpty, paths.count == templates.count else { return }
    guard every * fps.value >= 1 else {
      report(.cutTooFine(rhythm["every"]!.value.span))
      return
    }
    guard until > timeline.end, until <= Self.longest else {
      report(until > Self.longest ? .tooLong(cut.value.span) : .notAfterStart(rhythm["until"]!, timeline.end))
      return
    }
    var order = Order.cycle
    if let entry = entries["order"] {
      order = choice(entry.value, as: "an order", among: choices(Order.self)) ?? .cycle
    }
    let prefix = entries["name"].flatMap { scalar($0.value, as: "a name")?.text } ?? "cut"
    let seed = entries["seed"].flatMap { scalar($0.value, as: "a seed")?.text } ?? prefix
    let count = Int(((until - timeline.end) / every - 1e-9).rounded(.up))
    let start = timeline.end
    for (index, place) in sequence(of: paths.count, count, order, seed: seed).enumerated() {
      guard
        let body = instance(
          paths[place], .segment, entries["with"], Self.segmentKeys, as: "a segment", at: use.value.span, in: file)
      else { return }
      // Counted from the start, so that rounding does not add up; the last one is cut off at the end.
      let end = min(start + every * Double(index + 1), until)
      append(body, name: "\(prefix)\(index + 1)", nameSpan: cut.keySpan, until: end, to: &timeline, in: file)
    }
  }

  private func seconds(_ entry: YAMLEntry?, in scope: Scope) -> Double? {
    entry.flatMap { constant(value($0, in: Slot("`\($0.key)`", .number, .time, rate: .constant), scope: scope)) }
  }

  /// Which of `choices` each of `count` cuts uses. Shuffles run through all before one comes again; neighbours differ.
  private func sequence(of choices: Int, _ count: Int, _ order: Order, seed: String) -> [Int] {
    var result: [Int] = []
    var bag: [Int] = []
    for index in 0..<count {
      func roll(_ sides: Int) -> Int { Int(ContentDigest.of([seed, "cut", "\(index)"]) % UInt64(sides)) }
      switch order {
      case .cycle: result.append(index % choices)
      case .random:
        let others = (0..<choices).filter { $0 != result.last || choices == 1 }
        result.append(others[roll(others.count)])
      case .shuffle:
        if bag.isEmpty { bag = Array(0..<choices) }
        let others = bag.filter { $0 != result.last || bag.count == 1 }
        let next = others[roll(others.count)]
        bag.removeAll { $0 == next }
        result.append(next)
      }
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func cutTooFine(_ span: Span) -> Diagnostic {
    Diagnostic("empty_segment", "a cut lasts at least one frame", at: span)
  }
}
