/// Boxes of an mp4 file, one after the other: a length, a name and a content, which may be boxes again
/// (ISO/IEC 14496-12, 4.2).
struct MP4Boxes {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// Names and contents, as far as they are whole.
  var all: [(name: String, content: MP4Boxes)] {
    var boxes: [(String, MP4Boxes)] = []
    var rest = self
    while let length = rest.integer(0), length >= 8, length <= rest.bytes.count {
      boxes.append((rest.word(4), MP4Boxes(rest.bytes.dropFirst(8).prefix(length - 8))))
      rest = rest.dropFirst(length)
    }
    return boxes
  }

  /// The content of the first box of that name.
  subscript(name: String) -> MP4Boxes? { all.first { $0.name == name }?.content }

  /// The content of the box at the end of a path of names, each in the one before.
  subscript(path path: String...) -> MP4Boxes? { path.reduce(self) { inner, name in inner?[name] } }

  func dropFirst(_ count: Int) -> MP4Boxes { MP4Boxes(bytes.dropFirst(count)) }

  /// The byte, or the big-endian integer of 16 or 32 bits, that begins `offset` bytes into them.
  func byte(_ offset: Int) -> Int? { integer(offset, size: 1) }
  func half(_ offset: Int) -> Int? { integer(offset, size: 2) }
  func integer(_ offset: Int) -> Int? { integer(offset, size: 4) }

  /// A big-endian integer of 64 bits; nil where it is negative.
  func long(_ offset: Int) -> Int? {
    guard let high = integer(offset), let low = integer(offset + 4), high < 1 << 31 else { return nil }
    return high << 32 | low
  }

  /// Four characters, `offset` bytes into them.
  func word(_ offset: Int) -> String { String(decoding: bytes.dropFirst(offset).prefix(4), as: UTF8.self) }

  private func integer(_ offset: Int, size: Int) -> Int? {
    guard bytes.count >= offset + size else { return nil }
    return bytes.dropFirst(offset).prefix(size).reduce(0) { $0 << 8 | Int($1) }
  }
}

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
