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
