/// `keep_clear: clip.subject` and `prefer: [bottom_left, …]`: texts that stand where they hide nothing.
extension Analyzer {
  /// Where a text may stand, by its name: the share of the free room to its left and above it.
  private static let places: [String: (u: Double, v: Double)] = [
    "top_left": (0, 0), "top": (0.5, 0), "top_right": (1, 0), "left": (0, 0.5), "center": (0.5, 0.5), "right": (1, 0.5),
    "bottom_left": (0, 1), "bottom": (0.5, 1), "bottom_right": (1, 1),
  ]
  private static let usual = ["bottom", "top", "bottom_left", "bottom_right", "top_left", "top_right"]
  /// Between text and the border of the picture, in shares of its shorter side.
  private static let margin = 0.06
  /// A text may hide so much of its own area of a subject.
  private static let clear = 0.02

  /// The text at the first of its preferred places that is clear, or at the one that hides least.
  func placed(_ text: CheckedText, _ keys: LayerKeys, _ grid: Grid) -> CheckedText {
    guard let asking = keys.own["keep_clear"] ?? keys.own["prefer"] else { return text }
    if let position = keys.own["position"] {
      report(.placedTwice(position.entry, asking.entry))
      return text
    }
    let picture = keys.own["keep_clear"].flatMap { subject($0) }
    let names = keys.own["prefer"].map { places($0.value) } ?? Self.usual
    if names.isEmpty || (keys.own["keep_clear"] != nil && picture == nil) { return text }
    let size = self.size(of: text, grid)
    let shorter = Double(format.shorterSide)
    let (width, height) = (Double(format.width) / shorter, Double(format.height) / shorter)
    let middles = names.map { name -> (u: Double, v: Double) in
      let free = (max(0, width - size.width - 2 * Self.margin), max(0, height - size.height - 2 * Self.margin))
      let share = Self.places[name]!
      let (left, top) = (Self.margin + share.u * free.0, Self.margin + share.v * free.1)
      return ((left + size.width / 2) / width, (top + size.height / 2) / height)
    }
    let box = (width: size.width / width, height: size.height / height)
    let hidden = middles.map { middle in picture.map { self.hidden(of: $0, by: box, at: middle) } ?? 0 }
    let chosen = hidden.firstIndex { $0 <= Self.clear } ?? hidden.indices.min { hidden[$0] < hidden[$1] }!
    var result = text
    result.u = .number(middles[chosen].u, span: text.span)
    result.v = .number(middles[chosen].v, span: text.span)
    return result
  }

  /// The picture whose `subject` a key names.
  private func subject(_ entry: ScopedEntry) -> CheckedPicture? {
    let value = value(entry.value, in: entry.scope)
    if case .picture(let picture, .subject) = value.kind { return picture }
    if !value.isInvalid { report(.notASubject(value)) }
    return nil
  }

  private func places(_ node: YAMLNode) -> [String] {
    let items: [YAMLNode]
    if case .sequence(let list) = node.content { items = list } else { items = [node] }
    let names = Dictionary(uniqueKeysWithValues: Self.places.keys.map { ($0, $0) })
    let found = items.compactMap { choice($0, as: "a place", among: names) }
    return found.count == items.count ? found : []
  }

  /// About how large the longest of its words are, in shares of the shorter side of the picture.
  private func size(of text: CheckedText, _ grid: Grid) -> (width: Double, height: Double) {
    let cell = (width: 0.6 * grid.fontSize / 1080, height: 1.2 * grid.fontSize / 1080)
    let texts = text.cues.isEmpty ? [text.text] : text.cues.map(\.text)
    var (columns, rows) = (1, 1)
    for lines in texts.map({ $0.split(separator: "\n", omittingEmptySubsequences: false) }) {
      let longest = lines.map(\.count).max() ?? 1
      columns = max(columns, min(longest, text.wrap ?? longest))
      rows = max(rows, lines.reduce(0) { $0 + max(1, ($1.count + columns - 1) / columns) })
    }
    return (Double(columns) * cell.width, Double(rows) * cell.height)
  }

  /// The mean level of the subject below a box, all in shares of the scene's picture.
  private func hidden(
    of picture: CheckedPicture, by box: (width: Double, height: Double), at middle: (u: Double, v: Double)
  ) -> Double {
    guard let mask = picture.input.subject else { return 0 }
    let shorter = Double(format.shorterSide)
    let extent = picture.input.extent(in: format)
    let scale = (
      across: Double(format.width) / shorter / extent.width, down: Double(format.height) / shorter / extent.height
    )
    let count = 24
    var sum = 0.0
    for row in 0..<count {
      for column in 0..<count {
        let u = middle.u + box.width * ((Double(column) + 0.5) / Double(count) - 0.5)
        let v = middle.v + box.height * ((Double(row) + 0.5) / Double(count) - 0.5)
        sum += mask.level(u: 0.5 + (u - 0.5) * scale.across, v: 0.5 + (v - 0.5) * scale.down)
      }
    }
    return sum / Double(count * count)
  }
}

extension Diagnostic {
  fileprivate static func placedTwice(_ position: YAMLEntry, _ other: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "`position` says where the text stands, and so does `\(other.key)`", at: position.keySpan,
      labels: [.init(other.keySpan, "the other is here")])
  }

  fileprivate static func notASubject(_ value: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`keep_clear` takes the subject of a picture under `inputs:`", at: value.span,
      help: "as in `keep_clear: photo.subject`")
  }
}
