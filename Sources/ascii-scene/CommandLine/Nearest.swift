/// "Did you mean": the known word with the fewest edits to a misspelt one.
enum Nearest {
  /// The word of `candidates` nearest to `text`, at most a third of its letters (and at least two) away; nil for none.
  static func name(to text: String, in candidates: [String]) -> String? {
    let limit = max(2, text.count / 3)
    let ranked = candidates.map { (distance: edits(Array(text), Array($0)), name: $0) }
    guard let best = ranked.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }), best.distance <= limit,
      best.distance < best.name.count
    else { return nil }
    return best.name
  }

  /// Levenshtein's distance: insertions, removals and replacements that turn one word into the other.
  private static func edits(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
