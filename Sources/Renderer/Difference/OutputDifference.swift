import SceneLang

extension Output {
  /// What differs between the outputs of two versions, in words: `\`film.gif\`: width changed from 640 to 480`. First those
  /// of the new version, then what is gone. Their order is no difference.
  public static func changes(from old: [Output], to new: [Output]) -> [String] {
    let earlier = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
    let names = Set(new.map(\.path))
    return new.flatMap { output in
      earlier[output.path].map { output.changes(since: $0) } ?? ["`\(output.path)`: new"]
    } + old.filter { !names.contains($0.path) }.map { "`\($0.path)`: gone" }
  }

  private func changes(since earlier: Output) -> [String] {
    zip(traits, earlier.traits).filter { $0.text != $1.text }.map { own, other in
      "`\(path)`: \(own.name) changed from \(other.text) to \(own.text)"
    }
  }

  /// What its keys say, by their names.
  private var traits: [(name: String, text: String)] {
    [
      ("width", width.map { "\($0)" } ?? "its own"), ("fps", fps.map { "\($0)" } ?? "its own"),
      ("max_size", largest.map { "\($0) bytes" } ?? "any"), ("transparent", "\(isTransparent)"),
      ("codec", codec.rawValue), ("bits", "\(bits)"), ("at", posterFrame.map { "frame \($0)" } ?? "the middle"),
    ]
  }
}
