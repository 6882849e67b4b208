extension MediaExtent {
  // MARK: MP4 and QuickTime

  /// Boxes of the outermost level (ISO/IEC 14496-12, 4.2 and table 1; the QuickTime File Format).
  private static let boxKinds: Set<String> = [
    "ftyp", "styp", "pdin", "moov", "moof", "mfra", "mdat", "free", "skip", "wide", "meta", "uuid", "udta", "sidx",
    "ssix", "prft", "emsg", "pnot", "PICT", "junk",
  ]

  /// Each box says how long it is. Nil for a file that does not begin with one.
  static func boxes(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent? {
    guard let first = try bytes.word(at: 4), boxKinds.contains(first) else { return nil }
    var place = 0
    var kinds: Set<String> = []
    for _ in 0..<mostParts {
      let isWhole = kinds.contains("moov") && kinds.contains("mdat")
      guard let short = try bytes.big(4, at: place), let kind = try bytes.word(at: place + 4) else {
        return isWhole ? .end(place) : .withoutEnd
      }
      if isWhole, !boxKinds.contains(kind) { return .end(place) }
      // 0: to the end of the file; 1: a long size follows.
      if short == 0 { return .unknown }
      guard let size = short == 1 ? try bytes.big(8, at: place + 8) : short, size >= 8 else { return .unknown }
      let (end, overflows) = place.addingReportingOverflow(size)
      if overflows || end > bytes.count {
        // What is no box that we know may be no box at all.
        if !boxKinds.contains(kind) { return .unknown }
        return overflows ? .withoutEnd : .end(end)
      }
      kinds.insert(kind)
      place = end
    }
    return .unknown
  }

  // MARK: Matroska and WebM

  /// Seek head, info, tracks, cluster, cues, attachments, chapters, tags, void, check sum.
  private static let elements: Set<Int> = [
    0x114D_9B74, 0x1549_A966, 0x1654_AE6B, 0x1F43_B675, 0x1C53_BB6B, 0x1941_A469, 0x1043_A770, 0x1254_C367, 0xEC, 0xBF,
  ]

  /// The segment says how long it is, or each of its elements does (RFC 8794, 4 to 6; RFC 9559, 5.1).
  static func matroska(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    let segment = 0x1853_8067
    var place = 0
    var isInside = false
    for _ in 0..<mostParts {
      guard let id = try variable(&bytes, at: place, keepsMarker: true),
        let size = try variable(&bytes, at: place + id.length, keepsMarker: false)
      else { return .unknown }
      if isInside, !elements.contains(id.value) { return .unknown }
      let body = place + id.length + size.length
      let isEndless = size.value == 1 << (7 * size.length) - 1
      if isEndless {
        guard id.value == segment, !isInside else { return .unknown }
        isInside = true
        place = body
      } else {
        let (end, overflows) = body.addingReportingOverflow(size.value)
        if overflows || end > bytes.count || id.value == segment { return overflows ? .withoutEnd : .end(end) }
        place = end
      }
    }
    return .unknown
  }

  /// A number whose length is told by the zeros before its first one; nil for what is none.
  private static func variable(
    _ bytes: inout MediaBytes, at place: Int, keepsMarker: Bool
  ) throws(SystemCallError) -> (value: Int, length: Int)? {
    guard let first = try bytes.byte(at: place), first != 0 else { return nil }
    let length = first.leadingZeroBitCount + 1
    guard let number = try bytes.big(length, at: place) else { return nil }
    return (keepsMarker ? number : number & (1 << (7 * length) - 1), length)
  }

  // MARK: WAV, AVI and WebP

  /// Sizes from here on are what programs write that do not know them, since they write to a pipe.
  private static let unknownSize = 0x7FFF_0000

  /// Chunks that say how long they are (Multimedia Programming Interface 1.0, "RIFF"; EBU Tech 3306 for RF64). The size of
  /// all is not trusted where chunks tell more: some programs write 8 too many.
  static func riff(_ bytes: inout MediaBytes) throws(SystemCallError) -> MediaExtent {
    guard let short = try bytes.little(4, at: 4), let form = try bytes.word(at: 8) else { return .withoutEnd }
    let isLong = try !bytes.hold("RIFF", at: 0)
    // The first chunk of RF64 holds the long sizes: of all, then of the sound.
    guard let whole = isLong ? try bytes.little(8, at: 20) : short else { return .withoutEnd }
    if whole == 0 || !isLong && whole >= unknownSize || whole > 1 << 40 { return .unknown }
    var place = 12
    for _ in 0..<mostParts where place < 8 + whole {
      guard let kind = try bytes.word(at: place), var size = try bytes.little(4, at: place + 4) else {
        // Up to 8 bytes: the size was that of the file.
        return 8 + whole > bytes.count + 8 ? .end(8 + whole) : .end(bytes.count)
      }
      if form == "WAVE", kind == "data" {
        if isLong, let long = try bytes.little(8, at: 28) { size = long }
        if size == 0 || !isLong && size >= unknownSize { return .unknown }
        let (end, overflows) = (place + 8).addingReportingOverflow(size)
        return overflows ? .unknown : .end(end)
      }
      if place + 8 + size > bytes.count { return .end(place + 8 + size) }
      place += 8 + size + size % 2
    }
    return .end(min(place, bytes.count))
  }
}
