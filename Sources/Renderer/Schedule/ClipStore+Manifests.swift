import Glibc

/// What the last builds were made of, by scene.
extension ClipStore {
  /// The last build of the scene at that absolute path.
  func manifest(of scene: String) -> BuildManifest? {
    text(Self.key(of: scene), .manifest).flatMap { BuildManifest(text: $0) }
  }

  /// Keeps a build in place of the one before. Two builds of one scene at the same time may both lose theirs: then the
  /// next build knows of none.
  func keep(_ manifest: BuildManifest) throws(BuildFailure) {
    let key = Self.key(of: manifest.scene)
    for item in Folder.entries(shelf(key)) where item.hasPrefix("\(key)-") { unlink("\(shelf(key))/\(item)") }
    try keep(manifest.text, key, .manifest)
  }

  /// Where the clips of the known builds come from: scene and segments, by key.
  public func origins() -> [ContentHash: String] {
    var origins: [ContentHash: String] = [:]
    for item in items().reversed() where item.kind == .manifest {
      guard let manifest = text(item.key, .manifest, isUse: false).flatMap({ BuildManifest(text: $0) }) else {
        continue
      }
      for clip in manifest.clips {
        origins[clip.key] = "\(manifest.scene): \(clip.segments.joined(separator: ", "))"
      }
    }
    return origins
  }

  private static func key(of scene: String) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed("scene")
    hasher.feed(scene)
    return hasher.finish()
  }
}
