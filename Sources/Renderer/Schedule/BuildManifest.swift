/// What the clips of a scene's last build were made of: kept in the cache, so that the next build can say what changed.
struct BuildManifest: Hashable {
  /// The scene file's path, absolute.
  var scene: String
  /// In the order of the video.
  var clips: [ClipRecipe]

  /// For each of `clips` what an earlier build says: the recipe of the clip that began with the same segment, counted
  /// among those that did. Nil for a clip of a segment that the earlier build did not have.
  func matching(_ clips: [ClipRecipe]) -> [ClipRecipe?] {
    var earlier: [String: [ClipRecipe]] = [:]
    for recipe in self.clips { earlier[recipe.firstSegment, default: []].append(recipe) }
    var counts: [String: Int] = [:]
    return clips.map { recipe in
      let ordinal = counts[recipe.firstSegment, default: 0]
      counts[recipe.firstSegment] = ordinal + 1
      let candidates = earlier[recipe.firstSegment] ?? []
      return ordinal < candidates.count ? candidates[ordinal] : nil
    }
  }
}

extension ClipRecipe {
  /// The names of the segments that the clip shows.
  var segments: [String] { parts.filter { $0.kind == .frames }.map(\.subject) }

  fileprivate var firstSegment: String { segments.first ?? "" }
}

// MARK: Text

/// Words between spaces: a table of parts, then a line of places in the table for each clip.
extension BuildManifest {
  private static let head = "ascii-scene build 1"

  var text: String {
    var places: [ClipRecipe.Part: Int] = [:]
    var lines = [Self.head, "scene \(Self.escaped(scene))"]
    var clipLines: [String] = []
    for clip in clips {
      var numbers: [String] = []
      for part in clip.parts {
        if places[part] == nil {
          places[part] = places.count
          lines.append(Self.line(part))
        }
        numbers.append("\(places[part]!)")
      }
      clipLines.append("clip \(numbers.joined(separator: " "))")
    }
    return (lines + clipLines).joined(separator: "\n") + "\n"
  }

  /// Nil for a text that is not whole.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, lines[0] == Self.head, lines.last == "" else { return nil }
    var scene: String?
    var parts: [ClipRecipe.Part] = []
    var clips: [ClipRecipe] = []
    for line in lines.dropFirst().dropLast() {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      switch words[0] {
      case "scene" where words.count == 2: scene = Self.unescaped(words[1])
      case "part":
        guard let part = Self.part(words) else { return nil }
        parts.append(part)
      case "clip":
        let places = words.dropFirst().compactMap { Int($0) }.filter { parts.indices.contains($0) }
        guard places.count == words.count - 1 else { return nil }
        clips.append(ClipRecipe(parts: places.map { parts[$0] }))
      default: return nil
      }
    }
    guard let scene else { return nil }
    self.init(scene: scene, clips: clips)
  }

  private static func line(_ part: ClipRecipe.Part) -> String {
    let value =
      switch part.value {
      case .text(let text): "text \(escaped(text))"
      case .hash(let hash): "hash \(hash)"
      }
    return "part \(part.kind.rawValue) \(value) \(escaped(part.subject))"
  }

  private static func part(_ words: [Substring]) -> ClipRecipe.Part? {
    guard words.count == 5, let kind = ClipRecipe.Part.Kind(rawValue: String(words[1])),
      let subject = unescaped(words[4])
    else { return nil }
    switch words[2] {
    case "text": return unescaped(words[3]).map { .init(kind, of: subject, .text($0)) }
    case "hash": return ContentHash(String(words[3])).map { .init(kind, of: subject, .hash($0)) }
    default: return nil
    }
  }

  /// Spaces, control characters and percent signs as `%hh`.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0x7f || scalar == "%" {
        let digits = String(scalar.value, radix: 16)
        escaped += "%" + (digits.count < 2 ? "0" : "") + digits
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func unescaped(_ text: Substring) -> String? {
    var plain = ""
    var rest = text[...]
    while let percent = rest.firstIndex(of: "%") {
      plain += rest[..<percent]
      let digits = rest[rest.index(after: percent)...].prefix(2)
      guard digits.count == 2, let value = UInt8(digits, radix: 16) else { return nil }
      plain.unicodeScalars.append(Unicode.Scalar(value))
      rest = rest[digits.endIndex...]
    }
    return plain + rest
  }
}
