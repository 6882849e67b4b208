import SceneLang

/// Everything that decides a clip's bytes, part by part: its key is a hash of them all, and two recipes tell what changed.
public struct ClipRecipe: Sendable, Hashable {
  public struct Part: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
      /// The same for all clips of a build.
      case engine, ffmpeg, encoder, size, fps
      /// Of each segment in the clip: which of its frames, and where it stands and what sounds if it reads that.
      case frames, place, sound, tone, layer, feedback, look, overlay
      /// Of each segment that is shown going over from the one before: how, and all that the one before shows.
      case transition, outgoing
    }

    public enum Value: Sendable, Hashable {
      /// Short enough to be shown.
      case text(String)
      case hash(ContentHash)
    }

    public var kind: Kind
    /// What the author calls it: nothing for the whole build, a segment, or `segment/layer`. No part of the key.
    public var subject: String
    public var value: Value

    public init(_ kind: Kind, of subject: String = "", _ value: Value) {
      self.kind = kind
      self.subject = subject
      self.value = value
    }
  }

  public var parts: [Part]

  public init(parts: [Part]) { self.parts = parts }

  /// Equal for clips that are equal files; names are left out.
  public var key: ContentHash {
    var hasher = ContentHasher()
    hasher.feed(parts) { hasher, part in
      hasher.feed(part.kind)
      switch part.value {
      case .text(let text): hasher.feed(text)
      case .hash(let hash): hasher.feed(hash)
      }
    }
    return hasher.finish()
  }
}

extension ClipRecipe {
  /// What differs from the recipe of an earlier build, in words: `layer \`title/letters\` changed`. Empty for equal keys.
  func changes(since earlier: ClipRecipe) -> [String] {
    let (old, new) = (Self.byName(earlier.parts), Self.byName(parts))
    let arrived = Set(parts.filter { $0.kind == .frames }.map(\.subject))
      .subtracting(earlier.parts.filter { $0.kind == .frames }.map(\.subject))
    let left = Set(earlier.parts.filter { $0.kind == .frames }.map(\.subject))
      .subtracting(parts.filter { $0.kind == .frames }.map(\.subject))
    var changes: [String] = []
    for part in parts {
      if part.kind == .frames, arrived.contains(part.subject) {
        changes.append("segment `\(part.subject)` has come into the clip")
      } else if !arrived.contains(part.segment) {
        changes += part.change(since: old[part.name])
      }
    }
    for part in earlier.parts where new[part.name] == nil {
      if part.kind == .frames {
        changes.append("segment `\(part.subject)` has left the clip")
      } else if !left.contains(part.segment) {
        changes.append("\(part.words) is gone")
      }
    }
    return changes
  }

  private static func byName(_ parts: [Part]) -> [Part.Name: Part] {
    Dictionary(parts.map { ($0.name, $0) }) { first, _ in first }
  }
}

extension ClipRecipe.Part {
  fileprivate struct Name: Hashable {
    var kind: Kind
    var subject: String
  }

  fileprivate var name: Name { Name(kind: kind, subject: subject) }

  /// The segment it belongs to; empty for the whole build.
  fileprivate var segment: String {
    kind == .layer || kind == .overlay ? String(subject[..<(subject.lastIndex(of: "/") ?? subject.endIndex)]) : subject
  }

  fileprivate var words: String {
    if kind == .outgoing { return "the segment before `\(subject)`, which goes over into it," }
    return subject.isEmpty ? kind.rawValue : "\(kind.rawValue) of `\(subject)`"
  }

  fileprivate func change(since earlier: Self?) -> [String] {
    guard let earlier else { return ["\(words) is new"] }
    guard earlier.value != value else { return [] }
    if case .text(let old) = earlier.value, case .text(let new) = value {
      return ["\(words) changed from \(old) to \(new)"]
    }
    return ["\(words) changed"]
  }
}
