import CData
import SceneLang

/// What a video was made of and how each of its frames came out, to be kept beside it.
///
/// Two videos of one digest are the same file: it names the clips by their keys (graph, engine, encoder) and the sound.
/// Nothing in it depends on the machine, the number of workers, the time or the cache.
public struct BuildProvenance: Sendable, Hashable {
  /// The frames of one clip, as the encoder got them: hashes of yuv420p bytes, or of rgb24 where a lossless clip was made.
  public struct ClipFrames: Sendable, Hashable {
    /// Of the whole video.
    public var frames: Range<Int>
    public var key: ContentHash
    public var frameHashes: [ContentHash]

    /// Of all of them.
    public var hash: ContentHash { ContentHash(ofAll: frameHashes) }
  }

  public struct Face: Sendable, Hashable {
    public var name: String
    public var hash: ContentHash
  }

  /// What is written into the file.
  public var digest: ContentHash
  public var engine: ContentHash
  public var ffmpeg: String
  public var encoder: String
  /// Of the encoded sound: content of the tracks, how they are mixed, encoder.
  public var sound: ContentHash?
  public var clips: [ClipFrames]

  /// The root of the tree of frames.
  public var frameHash: ContentHash { ContentHash(ofAll: clips.map(\.hash)) }

  /// The faces in the program.
  public static var faces: [Face] {
    let embedded: KeyValuePairs = [
      "DejaVu Sans Mono": cdata_face_regular, "DejaVu Sans Mono Bold": cdata_face_bold,
      "Noto Sans Mono CJK JP, kana": cdata_face_kana, "Noto Sans Mono CJK JP Bold, kana": cdata_face_kana_bold,
      "Unifont, last resort": cdata_face_last_resort,
    ]
    return embedded.map { name, data in
      var count = 0
      let bytes = data(&count)
      return Face(name: name, hash: ContentHash(of: UnsafeBufferPointer(start: bytes, count: count)))
    }
  }

  /// The hash of a file's bytes.
  ///
  /// Throws a failure of kind `asset` when it cannot be read.
  public static func hash(ofFile path: String) throws(BuildFailure) -> ContentHash {
    try MediaFile(path: path).contentHash()
  }

  /// The hash of some bytes.
  public static func hash(of bytes: [UInt8]) -> ContentHash { ContentHash(of: bytes) }

  static func digest(_ output: Output, _ clips: [Clip], sound: ContentHash?) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed(output.format)
    hasher.feed(output.width) { $0.feed($1) }
    hasher.feed(output.fps.map { "\($0)" }) { $0.feed($1) }
    hasher.feed(output.largest) { $0.feed($1) }
    hasher.feed(clips) { $0.feed($1.key) }
    hasher.feed(sound) { $0.feed($1) }
    return hasher.finish()
  }
}

extension ContentHash {
  fileprivate init(ofAll hashes: [ContentHash]) {
    var hasher = ContentHasher()
    hasher.feed(hashes) { $0.feed($1) }
    self = hasher.finish()
  }
}

/// The hashes of a clip's frames, gathered while it is rendered and kept beside it in the store, a line each.
struct FrameHashList {
  var hashes: [ContentHash] = []

  mutating func take(_ frame: UnsafeRawBufferPointer) {
    var hasher = ContentHasher()
    hasher.feed(bytes: frame)
    hashes.append(hasher.finish())
  }

  var text: String { hashes.map { "\($0)\n" }.joined() }

  /// Nil unless there is one for each frame.
  init?(text: String, count: Int) {
    hashes = text.split(separator: "\n").compactMap { ContentHash($0) }
    guard hashes.count == count else { return nil }
  }

  init() {}
}
