extension MediaExtent {
  /// Blocks up to the trailer (GIF89a specification, appendix A).
  static func gif(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    guard let packed = try bytes.byte(at: 10) else { return .withoutEnd }
    var place = 13 + colorTable(packed)
    while let kind = try bytes.byte(at: place) {
      switch kind {
      case 0x3B: return .end(place + 1)
      case 0x21: place += 2
      case 0x2C:
        guard let packed = try bytes.byte(at: place + 9) else { return .withoutEnd }
        // The least size of codes stands before their blocks.
        place += 10 + colorTable(packed) + 1
      // Some programs fill up with zeros.
      case 0:
        place += 1
        continue
      default: return .unknown
      }
      while let size = try bytes.byte(at: place) {
        place += 1 + Int(size)
        if size == 0 { break }
      }
    }
    return .withoutEnd
  }

  /// Bytes of the colours that a packed field tells of.
  private static func colorTable(_ packed: UInt8) -> Int { packed & 0x80 == 0 ? 0 : 6 << Int(packed & 7) }

  /// Chunks up to `IEND` (PNG specification, 5.3).
  static func png(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    var place = 8
    for _ in 0..<mostParts {
      guard let size = try bytes.big(4, at: place), let kind = try bytes.word(at: place + 4) else { return .withoutEnd }
      // Length, kind and check sum are 12 bytes.
      place += 12 + size
      if kind == "IEND" || place > bytes.count { return .end(place) }
    }
    return .unknown
  }

  /// Segments and scans up to the marker EOI (ITU-T T.81, annex B).
  static func jpeg(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    var place = 2
    while let found = try bytes.next(0xFF, from: place) {
      guard let marker = try bytes.byte(at: found + 1) else { return .withoutEnd }
      switch marker {
      case 0xD9: return .end(found + 2)
      // A marker may be filled up with such bytes.
      case 0xFF: place = found + 1
      // Within a scan: a byte that is no marker, and restarts.
      case 0x00, 0x01, 0xD0...0xD7: place = found + 2
      default:
        guard let size = try bytes.big(2, at: found + 2) else { return .withoutEnd }
        place = found + 2 + size
      }
    }
    return .withoutEnd
  }
}
