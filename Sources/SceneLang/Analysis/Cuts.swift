/// `cut: {every: 4beats, until: 32s}` with `use: [a, b, c]`: segments made from a rhythm and a set of templates.
extension Analyzer {
  enum Order: String, CaseIterable { case cycle, shuffle, random }

  func readCut(_ node: YAMLNode, into timeline: inout Timeline, in file: Scope) {
    guard let entries = read(node, as: "a cut", keys: KeyTable.cut.names, required: ["cut", "use"]),
      let cut = entries["cut"], let use = entries["use"],
      let rhythm = read(cut.value, as: "`cut`", keys: KeyTable.rhythm.names, required: ["until"])
    else { return }
    if rhythm["every"] == nil && rhythm["at"] == nil { report(.cutWithoutRhythm(cut.keySpan)) }
    if let every = rhythm["every"], let at = rhythm["at"] { report(.twoRhythms(at, every)) }
    let first = rhythm["every"].map { seconds($0, in: file) }
    let moments = rhythm["at"].map { self.moments($0.value, in: file) }
    guard first == nil || first! != nil, moments == nil || moments! != nil, (first == nil) != (moments == nil),
      let last = rhythm["until"], let until = measuringBeats(.position, { seconds(last, in: file) })
    else { return }
    let templates: [YAMLNode]
    if case .sequence(let list) = use.value.content { templates = list } else { templates = [use.value] }
    let paths = templates.compactMap { path($0, as: "a template", in: file) }
    if templates.isEmpty { report(.cutOfNothing(use.value.span)) }
    guard !paths.isEmpty, paths.count == templates.count else { return }
    guard until > timeline.end, until <= Self.longest else {
      report(until > Self.longest ? .tooLong(cut.value.span) : .notAfterStart(last, timeline.end))
      return
    }
    var order = Order.cycle
    if let entry = entries["order"] {
      order = choice(entry.value, as: "an order", among: choices(Order.self), in: file) ?? .cycle
    }
    let given = entries["name"].flatMap { scalar($0.value, as: "a name")?.text }
    let prefix = given ?? "cut"
    // Cuts without a name of their own are counted through.
    let before = given == nil ? timeline.unnamedCuts : 0
    let seed = entries["seed"].flatMap { scalar($0.value, as: "a seed")?.text } ?? prefix
    let found =
      rhythm["every"].map { ends(every: $0, from: timeline.end, until: until, in: file) }
      ?? ends(at: moments!!, from: timeline.end, until: until)
    guard let ends = found else { return }
    if given == nil { timeline.unnamedCuts += ends.count }
    var told: Set<Span> = []
    for (index, place) in sequence(of: paths.count, ends.count, order, seed: seed).enumerated() {
      guard
        let body = instance(
          paths[place], .segment, entries["with"], KeyTable.segment.names, as: "a segment", at: use.value.span, in: file
        )
      else { return }
      for key in ["duration", "until"] {
        guard let own = body[key]?.entry, told.insert(own.keySpan).inserted else { continue }
        report(.lengthInCut(own, cut.keySpan))
      }
      let name = "\(prefix)\(before + index + 1)"
      append(body, name: name, nameSpan: cut.keySpan, until: ends[index], to: &timeline, in: file)
    }
  }

  private func seconds(_ entry: YAMLEntry, in scope: Scope) -> Double? {
    settled(value(entry, in: Slot(entry, of: .rhythm), scope: scope))
  }

  /// Where cuts end: by the beats of the track where it has any, at equal distances otherwise. Nil after a report.
  private func ends(every entry: YAMLEntry, from start: Double, until end: Double, in scope: Scope) -> [Double]? {
    var ends: [Double] = []
    /// The length of the latest cuts, and where the first of that length began.
    var (length, base, count) = (-1.0, start, 0)
    while (ends.last ?? start) < end {
      let here = ends.last ?? start
      guard let next = measuringBeats(.length(from: here), { seconds(entry, in: scope) }) else { return nil }
      guard next * fps.value >= 1 else {
        report(.cutTooFine(entry.value.span))
        return nil
      }
      guard admitCuts(Double(ends.count) + (end - here) / next, at: entry.value.span) else { return nil }
      // Equal lengths are multiplied, so that rounding does not add up.
      if next != length { (length, base, count) = (next, here, 0) }
      count += 1
      let candidate = base + length * Double(count)
      // The last one is cut off at the end, or takes what would be less than a frame.
      ends.append((end - candidate) * fps.value >= 1 ? candidate : end)
    }
    return ends
  }

  /// Where cuts end: at the moments between start and end, a frame or more from each other.
  private func ends(at moments: [Double], from start: Double, until end: Double) -> [Double] {
    var ends: [Double] = []
    for moment in moments where (end - moment) * fps.value >= 1 {
      if (moment - (ends.last ?? start)) * fps.value >= 1 { ends.append(moment) }
    }
    return ends + [end]
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
  fileprivate static func cutWithoutRhythm(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "`cut` needs `every` or `at`", at: span, help: "as in `every: 4beats` or `at: sections`")
  }

  fileprivate static func twoRhythms(_ at: YAMLEntry, _ every: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a cut has `every` or `at`, not both", at: at.keySpan,
      labels: [.init(every.keySpan, "it is given here")])
  }

  fileprivate static func cutOfNothing(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "a cut needs one template or more", at: span, help: "as in `use: [one, two]`")
  }

  fileprivate static func lengthInCut(_ entry: YAMLEntry, _ cut: Span) -> Diagnostic {
    Diagnostic(
      "no_effect", .note, "`\(entry.key)` changes nothing here: a cut says when its segments end", at: entry.keySpan,
      labels: [.init(cut, "this one uses the template")])
  }

  fileprivate static func cutTooFine(_ span: Span) -> Diagnostic {
    Diagnostic("empty_segment", "a cut lasts at least one frame", at: span)
  }
}
