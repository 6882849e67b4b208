/// Breaks texts into lines.
public enum LineBreaking {
  /// The longest line of a text that does not say, in characters of a grid of so many columns: a twentieth of the width
  /// stays free on each side, and at least one column; in portrait it has at most 25, so that lines stack in the middle of
  /// the picture (CATALOGUE T-7).
  public static func usualWidth(columns: Int, isPortrait: Bool) -> Int {
    max(1, min(columns - 2, columns * 9 / 10, isPortrait ? 25 : .max))
  }

  /// The lines of a text, each at most `width` characters long; no lines for a text of white space.
  ///
  /// Line feeds of the text are kept. A paragraph has as few lines as it can have and, of these, those whose lengths have
  /// the least sum of squares, so that they are about equal. A word longer than the line is broken, and the lines of its
  /// paragraph are filled one after another. Spaces around a break vanish, those inside a line stay. Empty lines before the
  /// first and after the last word are dropped. Precondition: `width` is at least 1.
  public static func lines(of text: [Unicode.Scalar], width: Int) -> [[Unicode.Scalar]] {
    precondition(width >= 1, "lines of \(width) characters")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { part -> [[Unicode.Scalar]] in
      let paragraph = Array(part)
      let greedy = filled(paragraph, width: width)
      return greedy.count > 1 ? balanced(paragraph, width: width) ?? greedy : greedy
    }
    guard let first = lines.firstIndex(where: { !$0.isEmpty }), let last = lines.lastIndex(where: { !$0.isEmpty })
    else { return [] }
    return Array(lines[first...last])
  }

  /// Every line takes as many words as it has room for.
  private static func filled(_ paragraph: [Unicode.Scalar], width: Int) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = []
    var line: [Unicode.Scalar] = []
    var spaces: [Unicode.Scalar] = []
    var rest = paragraph[...]
    while !rest.isEmpty {
      spaces = Array(rest.prefix { $0 == " " })
      rest = rest.dropFirst(spaces.count)
      var word = rest.prefix { $0 != " " }
      rest = rest.dropFirst(word.count)
      guard !word.isEmpty else { break }
      if line.count + spaces.count + word.count <= width {
        line += spaces + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while word.count > width {
        lines.append(Array(word.prefix(width)))
        word = word.dropFirst(width)
      }
      line = Array(word)
    }
    return lines + [line]
  }

  /// The best lines from some word of a paragraph to its end.
  private struct Ending {
    var lines = 0
    /// The sum of the squares of their lengths.
    var squares = 0
    /// The first word of the second line.
    var next = 0

    func isBetter(than other: Ending) -> Bool { (lines, squares) < (other.lines, other.squares) }
  }

  /// The most equal lines, of two that are alike those whose first is longer; nil where a word is longer than a line.
  private static func balanced(_ paragraph: [Unicode.Scalar], width: Int) -> [[Unicode.Scalar]]? {
    var words = paragraph.split(separator: " ").map { $0.startIndex..<$0.endIndex }
    // The first line keeps its indent.
    if let first = words.first { words[0] = 0..<first.upperBound }
    guard words.allSatisfy({ $0.count <= width }) else { return nil }
    var endings = [Ending](repeating: Ending(), count: words.count + 1)
    for word in words.indices.reversed() {
      var best: Ending?
      for next in word + 1...words.count {
        let length = words[next - 1].upperBound - words[word].lowerBound
        if length > width { break }
        let ending = Ending(
          lines: endings[next].lines + 1, squares: endings[next].squares + length * length, next: next)
        if best.map({ !$0.isBetter(than: ending) }) ?? true { best = ending }
      }
      endings[word] = best!
    }
    var lines: [[Unicode.Scalar]] = []
    var word = 0
    while word < words.count {
      let next = endings[word].next
      lines.append(Array(paragraph[words[word].lowerBound..<words[next - 1].upperBound]))
      word = next
    }
    return lines
  }
}
