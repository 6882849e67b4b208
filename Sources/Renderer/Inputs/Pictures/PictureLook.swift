import SceneLang

/// What looking at a file once tells of it: what kind of picture it is, and pixels of its first frame.
struct PictureLook: Hashable {
  var probe: PictureProbe
  /// All of a still; the first frame of what moves, small.
  var block: PixelBlock

  /// Changes whenever the same file is seen otherwise.
  static let version = 4

  init(_ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation) throws(BuildFailure) {
    probe = try PictureProbe(media, toolchain, cancellation)
    if probe.times.count == 1 {
      block = try StillDecoder.decode(media, decoder: probe.decoder, toolchain, cancellation)
    } else {
      // No hash: nobody asks for it.
      let file = PictureFile(media, ContentHash(high: 0, low: 0), probe)
      block = try Self.frame(0, of: file, media, toolchain, cancellation)
    }
  }

  /// A small one, for its colours and its subject.
  static func frame(
    _ frame: Int, of file: PictureFile, _ media: MediaFile, width: Int = 160, _ toolchain: Toolchain,
    _ cancellation: Cancellation
  ) throws(BuildFailure) -> PixelBlock {
    let height = max(1, width * file.height / file.width)
    let decoder = try PictureDecoder(file, media, from: frame, width: width, height: height, toolchain, cancellation)
    guard let block = try decoder.next() else { throw .notAPicture(media.path, "it holds none") }
    return block
  }
}

// MARK: Storage

extension PictureLook {
  /// 64-bit little-endian words (sizes of the picture and of the block, flags, start, duration, the times), then pixels.
  /// Flags: 1 alpha, 2 a film, 4 one that is not seekable, and 8 times one more than the place of its decoder.
  var stored: [UInt8] {
    let decoder = probe.decoder.flatMap { AlphaDecoder.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    let flags = (probe.hasAlpha ? 1 : 0) | (probe.isFilm ? 2 : 0) | (probe.isSeekable ? 0 : 4) | decoder << 3
    var words = [probe.width, probe.height, flags, block.width, block.height].map { UInt64($0) }
    words += [probe.start.bitPattern, probe.duration.bitPattern, UInt64(probe.times.count)]
    words += probe.times.map(\.bitPattern)
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } } + block.bytes
  }

  /// Nil for bytes that are no look.
  init?(stored bytes: [UInt8]) {
    func word(_ place: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[8 * place + $1]) << (8 * $1) } }
    let head = 8
    guard bytes.count >= 8 * head, word(7) > 0, word(7) <= UInt64(bytes.count / 8 - head),
      (0..<5).allSatisfy({ word($0) <= UInt64(PictureFile.mostPixels) }), [0, 1, 3, 4].allSatisfy({ word($0) > 0 })
    else { return nil }
    let decoder = Int(word(2) >> 3)
    guard decoder <= AlphaDecoder.allCases.count else { return nil }
    let pixels = 8 * (head + Int(word(7)))
    let (width, height) = (Int(word(3)), Int(word(4)))
    guard width <= 8192, height <= 8192, bytes.count == pixels + 4 * width * height else { return nil }
    probe = PictureProbe(
      width: Int(word(0)), height: Int(word(1)),
      times: (0..<Int(word(7))).map { Double(bitPattern: word(head + $0)) }, duration: Double(bitPattern: word(6)),
      start: Double(bitPattern: word(5)), hasAlpha: word(2) & 1 != 0,
      decoder: decoder > 0 ? AlphaDecoder.allCases[decoder - 1] : nil, isFilm: word(2) & 2 != 0,
      isSeekable: word(2) & 4 == 0)
    block = PixelBlock(width: width, height: height, bytes: Array(bytes[pixels...]))
  }
}
