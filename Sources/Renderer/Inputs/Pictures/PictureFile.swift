import SceneLang

/// The files of one input, opened and looked at.
struct PictureFile: Sendable {
  enum Source: Sendable {
    case single(MediaFile)
    /// One still per frame, opened when it is shown.
    case sequence([Still])
  }

  struct Still: Sendable {
    var path: String
    /// As messages name it.
    var name: String
    var version: MediaFile.Version
  }

  var source: Source
  /// Names all their bytes.
  var content: ContentHash
  /// Pixels as it is shown: turned upright, with square pixels.
  var width: Int
  var height: Int
  /// Seconds at which frames begin, ascending from 0; one or more.
  var times: [Double]
  /// Seconds that all frames last.
  var duration: Double
  /// When its first frame is shown by its own clock.
  var start: Double
  var hasAlpha: Bool
  /// As of the probe.
  var decoder: AlphaDecoder?
  var isFilm = false
  var isSeekable = true

  /// SAFETY: no more pixels in a frame.
  static let mostPixels = 33_554_432
  /// No more bytes in a file.
  static let mostBytes = 4 << 30

  /// The frame that is shown at `time` seconds: the first before it begins, the last after it ended.
  func frame(at time: Double) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}

extension PictureFile {
  /// One file, of which `probe` was said.
  init(_ media: MediaFile, _ content: ContentHash, _ probe: PictureProbe) {
    self.init(
      source: .single(media), content: content, width: probe.width, height: probe.height, times: probe.times,
      duration: probe.duration, start: probe.start, hasAlpha: probe.hasAlpha, decoder: probe.decoder,
      isFilm: probe.isFilm, isSeekable: probe.isSeekable)
  }

  /// Throws a failure of kind `asset` for files that are empty, cut off or too large to be looked at.
  static func checkSize(_ media: MediaFile) throws(BuildFailure) {
    let size = media.descriptor.size
    guard size > 0 else { throw BuildFailure(.asset, "`\(media.path)` is empty") }
    guard size <= mostBytes else { throw BuildFailure(.asset, "`\(media.path)` has more than 4 GiB") }
    try media.checkIsWhole()
  }

  /// How stills begin: PNG, JPEG, GIF, BMP; a WebP is a RIFF of its kind.
  private static let beginnings: [[UInt8]] = [
    [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("BM".utf8),
  ]

  /// Throws a failure of kind `asset` for a file that does not begin as a still does: each of a sequence is looked at so
  /// before anything is rendered, and decoded when it is shown.
  static func checkBeginning(_ media: MediaFile) throws(BuildFailure) {
    let bytes = (try? media.descriptor.read(12, at: 0)) ?? []
    let isWebP = bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).elementsEqual("WEBP".utf8)
    guard isWebP || beginnings.contains(where: { bytes.starts(with: $0) }) else {
      throw BuildFailure(.asset, "`\(media.path)` is no PNG, JPEG, GIF, BMP or WebP")
    }
  }
}

extension BuildFailure {
  /// `words`: the last lines that ffmpeg said.
  static func notAPicture(_ path: String, _ words: String) -> BuildFailure {
    BuildFailure(
      .asset, "no picture could be read from `\(path)`: \(ChildCommand.reason(in: words) ?? "it holds none")")
  }
}
