/// How far a media file reaches by what it says itself, without decoding: ffmpeg shows what is there of a file that was cut
/// off and says nothing.
enum MediaExtent: Hashable {
  /// It says nothing of its length, as a stream.
  case unknown
  /// Its last byte comes before that place; what lies behind is somebody else's, as a tag.
  case end(Int)
  /// It has a mark at its end, and that is not there.
  case withoutEnd

  /// SAFETY: no more parts of a file are looked at.
  static let mostParts = 1 << 20

  /// By how the file begins. Throws the error number of a read that failed.
  init(_ bytes: inout MediaBytes) throws(SystemCallError) {
    if let boxes = try Self.boxes(&bytes) {
      self = boxes
    } else if try bytes.big(4, at: 0) == 0x1A45_DFA3 {
      self = try Self.matroska(&bytes)
    } else if try ["RIFF", "RF64", "BW64"].contains(bytes.word(at: 0)) {
      self = try Self.riff(&bytes)
    } else if try bytes.hold("GIF8", at: 0) {
      self = try Self.gif(&bytes)
    } else if try bytes.big(4, at: 0) == 0x8950_4E47 {
      self = try Self.png(&bytes)
    } else if try bytes.big(3, at: 0) == 0xFF_D8FF {
      self = try Self.jpeg(&bytes)
    } else if try bytes.hold("OggS", at: 0) {
      self = try Self.ogg(&bytes)
    } else if try bytes.hold("fLaC", at: 0) {
      self = try Self.flac(&bytes)
    } else {
      self = try Self.mp3(&bytes)
    }
  }
}

extension MediaFile {
  /// Throws a failure of kind `asset` for a file of which, by its own words, a part is missing.
  public func checkIsWhole() throws(BuildFailure) {
    var bytes = MediaBytes(descriptor)
    let extent: MediaExtent
    do { extent = try MediaExtent(&bytes) } catch { throw .system(.asset, "cannot read `\(path)`", error.number) }
    switch extent {
    case .end(let end) where end > bytes.count:
      throw BuildFailure(.asset, "`\(path)` is cut off: it has \(bytes.count) of \(end) bytes")
    case .withoutEnd: throw BuildFailure(.asset, "`\(path)` is cut off: its end is missing")
    case .unknown, .end: return
    }
  }
}
