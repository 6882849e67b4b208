/// The index of an mp4 file: what it says of its tracks.
struct MP4File {
  /// In the order of the file.
  let tracks: [MP4Track]

  /// Larger indexes (some millions of frames) are taken to be damage.
  private static let largestIndex = 256 << 20

  /// Nil when the file has no whole index, or less than that tells of: it was cut off, is in fragments, or something else.
  init?(_ file: Descriptor) {
    guard let index = Self.index(of: file), let clock = index["mvhd"], index["mvex"] == nil else { return nil }
    // Two times before it take 4 bytes each, 8 in version 1.
    guard let ticks = clock.integer(clock.byte(0) == 1 ? 20 : 12) else { return nil }
    var tracks: [MP4Track] = []
    for (name, content) in index.all where name == "trak" {
      guard let track = MP4Track(content, movieTicksPerSecond: ticks) else { return nil }
      tracks.append(track)
    }
    guard !tracks.isEmpty else { return nil }
    self.tracks = tracks
  }

  /// The content of the `moov` box, if the boxes fill the file to its end.
  private static func index(of file: Descriptor) -> MP4Boxes? {
    let size = file.size
    var index: MP4Boxes?
    var offset = 0
    while offset < size {
      guard let bytes = try? file.read(16, at: offset) else { return nil }
      let head = MP4Boxes(bytes[...])
      guard let short = head.integer(0), let length = short == 1 ? head.long(8) : short else { return nil }
      let headLength = short == 1 ? 16 : 8
      guard length >= headLength, length <= size - offset else { return nil }
      if head.word(4) == "moov" {
        guard length <= largestIndex, let bytes = try? file.read(length - headLength, at: offset + headLength),
          bytes.count == length - headLength
        else { return nil }
        index = MP4Boxes(bytes[...])
      }
      offset += length
    }
    return index
  }
}
