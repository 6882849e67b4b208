extension MediaExtent {
  /// The last page is marked as the end of its stream (RFC 3533, 6).
  static func ogg(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    // A header of 27 bytes, 255 sizes, and as many segments of 255 bytes.
    let longestPage = 27 + 255 + 255 * 255
    var last: Int?
    var place = max(0, bytes.count - 2 * longestPage)
    while let found = try bytes.next(0x4F, from: place) {
      if try bytes.hold("OggS\0", at: found) { last = found }
      place = found + 1
    }
    guard let last else { return .unknown }
    guard let flags = try bytes.byte(at: last + 5), let segments = try bytes.byte(at: last + 26) else {
      return .withoutEnd
    }
    var end = last + 27 + Int(segments)
    for segment in 0..<Int(segments) {
      guard let size = try bytes.byte(at: last + 27 + segment) else { return .withoutEnd }
      end += Int(size)
    }
    return end <= bytes.count && flags & 4 == 0 ? .withoutEnd : .end(end)
  }

  /// The first frame may tell how many bytes there are: its words `Xing` or `Info`, as LAME writes them, or `VBRI`
  /// (Fraunhofer). Unknown for what is no MP3.
  static func mp3(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    var frame = 0
    // ID3v2: the size has 7 bits a byte and does not count the header, nor a footer.
    if try bytes.hold("ID3", at: 0), let flags = try bytes.byte(at: 5), let size = try bytes.big(4, at: 6) {
      let count = (0..<4).reduce(0) { $0 | (size >> (8 * $1) & 0x7F) << (7 * $1) }
      frame = 10 + count + (flags & 0x10 == 0 ? 0 : 10)
      if frame > bytes.count { return .end(frame) }
    }
    guard let header = try bytes.big(4, at: frame), header >> 21 == 0x7FF, header >> 17 & 3 == 1 else {
      return .unknown
    }
    let isFirstVersion = header >> 19 & 3 == 3
    let isMono = header >> 6 & 3 == 3
    let words = frame + 4 + (isFirstVersion ? (isMono ? 17 : 32) : (isMono ? 9 : 17))
    var count: Int?
    if let name = try bytes.word(at: words), ["Xing", "Info"].contains(name),
      let flags = try bytes.big(4, at: words + 4)
    {
      // The number of frames stands before that of bytes.
      if flags & 2 != 0 { count = try bytes.big(4, at: words + 8 + (flags & 1) * 4) }
    } else if try bytes.hold("VBRI", at: frame + 36) {
      count = try bytes.big(4, at: frame + 46)
    }
    guard let count, count > 0 else { return .unknown }
    // Some programs count a frame too many: the longest has 1441 bytes.
    let end = frame + count
    return end - 1441 > bytes.count ? .end(end) : .end(min(end, bytes.count))
  }

  /// The last frame has the number that follows from how many samples there are (RFC 9639, 8.2 and 9.1). Unknown where the
  /// file does not say it, and for frames of several lengths.
  static func flac(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    guard let shortest = try bytes.big(2, at: 8), let longest = try bytes.big(2, at: 10),
      let longestFrame = try bytes.big(3, at: 15), let sizes = try bytes.big(8, at: 18)
    else { return .withoutEnd }
    let samples = sizes & 0xF_FFFF_FFFF
    guard shortest == longest, longest > 0, longestFrame > 0, samples > 0 else { return .unknown }
    let number = Unicode.Scalar(UInt32(clamping: (samples - 1) / longest))
    // Numbers up to that of the last Unicode scalar are written as it is in UTF-8.
    guard let number, let code = UTF8.encode(number) else { return .unknown }
    // Behind it there may be a tag of some size.
    var place = max(0, bytes.count - longestFrame - (1 << 17))
    while let found = try bytes.next(0xFF, from: place) {
      place = found + 1
      guard try bytes.byte(at: found + 1) == 0xF8 else { continue }
      var isLast = true
      for (index, byte) in code.enumerated() where try bytes.byte(at: found + 4 + index) != byte { isLast = false }
      if isLast { return .end(bytes.count) }
    }
    return .withoutEnd
  }
}
