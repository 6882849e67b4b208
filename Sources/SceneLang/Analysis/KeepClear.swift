/// `keep_clear: clip.subject` and `prefer: [bottom_left, …]`: texts that stand where they hide nothing.
extension Analyzer {
  /// Where a text may stand, by its name: the share of the free room to its left and above it.
  private static let places: [String: (u: Double, v: Double)] = [
    "top_left": (0, 0), "top": (0.5, 0), "top_right": (1, 0), "left": (0, 0.5), "center": (0.5, 0.5), "right": (1, 0.5),
    "bottom_left": (0, 1), "bottom": (0.5, 1), "bottom_right": (1, 1),
  ]
  private static let usual = ["bottom", "top", "bottom_left", "bottom_right", "top_left", "top_right"]
  /// Between text and the border of the picture, in shares of the side.
  private static let margin = 0.05
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
    var result = text
    let box = fitted(&result, grid)
    let middles = names.map { name -> (u: Double, v: Double) in
      let share = Self.places[name]!
      return (Self.middle(of: box.width, at: share.u), Self.middle(of: box.height, at: share.v))
    }
    let hidden = middles.map { middle in picture.map { self.hidden(of: $0, by: box, at: middle) } ?? 0 }
    let chosen = hidden.firstIndex { $0 <= Self.clear } ?? hidden.indices.min { hidden[$0] < hidden[$1] }!
    let anchor: Double =
      switch text.alignment {
      case .left: -0.5
      case .center: 0
      case .right: 0.5
      }
    result.u = .number(middles[chosen].u + anchor * box.width, span: text.span)
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

  /// Where a box of some width or height has its middle, all in shares of that side of the picture: between the margins,
  /// or in the middle of the picture where it has no room there.
  private static func middle(of length: Double, at share: Double) -> Double {
    let free = 1 - 2 * margin - length
    return free < 0 ? 0.5 : margin + share * free + length / 2
  }

  /// About how much room the largest of its texts takes, in shares of the picture. Lines for which the author allows more
  /// characters than there is room for are made shorter.
  private func fitted(_ text: inout CheckedText, _ grid: Grid) -> (width: Double, height: Double) {
    let scale = 1080 / Double(format.shorterSide)
    let (width, height) = ((Double(format.width) * scale).rounded(), (Double(format.height) * scale).rounded())
    let cell = (width: (0.602 * grid.fontSize).rounded(), height: 1.2 * grid.fontSize)
    let room = max(1, Int((1 - 2 * Self.margin) * width / cell.width))
    let usual = LineBreaking.usualWidth(columns: Int(width / cell.width), isPortrait: height > width)
    let longest = max(1, min(text.wrap ?? usual, room))
    if text.wrap != nil { text.wrap = longest }
    let texts = text.cues.isEmpty ? [text.text] : text.cues.map(\.text)
    var (columns, rows) = (1, 1)
    for words in texts {
      let lines = LineBreaking.lines(of: Array(words.unicodeScalars), width: longest)
      columns = max(columns, lines.map(\.count).max() ?? 1)
      rows = max(rows, lines.count)
    }
    // The cells of a small picture may be wider than their share of a large one.
    let own = max(1, (0.602 * grid.fontSize / scale).rounded()) / Double(format.width)
    return (Double(columns) * max(cell.width / width, own), Double(rows) * cell.height / height)
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
