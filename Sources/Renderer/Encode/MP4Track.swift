/// What the index of an mp4 file says of its first track: enough to tell that a clip is whole and fits its neighbours, and
/// when the frames of a video are shown.
///
/// Sources: ISO/IEC 14496-12 (boxes `moov`, `trak`, `edts`, `elst`, `mdia`, `minf`, `stbl`, `stsd`, `stts`, `ctts`, `stsz`)
/// and 14496-15 (`avc1`, `avcC`). Reading it here costs microseconds; starting ffprobe for every clip costs 100 ms each, and
/// it reads all of a file to tell when its frames are shown.
struct MP4Track: Hashable {
  /// Frames of video, packets of audio.
  var sampleCount: Int
  /// Of H.264: size, parameter sets and colours, which joined clips have in common. Nil for sound.
  var description: ContentHash?
  /// When each sample is shown, in ticks of the track, in the order stored; nil unless all last equally long and one edit
  /// shows them.
  var times: [Int]?
  /// Whether all samples last equally long.
  var hasEvenSteps: Bool

  /// Larger indexes (some millions of frames) are taken to be damage.
  private static let largestIndex = 256 << 20

  /// Ten hours at 240 a second; the times of more are left to ffprobe.
  private static let mostTimes = 8_640_000

  /// Nil when the file has no whole index: it was cut off, or is something else.
  init?(_ file: Descriptor) {
    guard let size = file.status.map({ Int($0.st_size) }), let index = Self.index(of: file, size: size) else {
      return nil
    }
    guard let track = Self.box("trak", in: index[...]), let table = Self.box(["mdia", "minf", "stbl"], in: track),
      let description = Self.box("stsd", in: table), let sizes = Self.box("stsz", in: table),
      let times = Self.box("stts", in: table), let count = Self.integer(sizes, 8), let runs = Self.integer(times, 4)
    else { return nil }
    self.sampleCount = count
    self.description = Self.pictureDescription(description)
    self.hasEvenSteps = runs == 1
    if hasEvenSteps, count <= Self.mostTimes, let step = Self.integer(times, 12), let start = Self.start(of: track),
      let delays = Self.delays(Self.box("ctts", in: table), count: count)
    {
      self.times = (0..<count).map { $0 * step + delays[$0] - start }
    }
  }

  /// The time of decoding, in ticks of the track, at which its one edit begins; nil when there are several or an empty one.
  private static func start(of track: ArraySlice<UInt8>) -> Int? {
    guard let edits = box(["edts", "elst"], in: track) else { return 0 }
    guard let version = edits.first, integer(edits, 4) == 1 else { return nil }
    // A duration, then the time; both take 8 bytes in version 1.
    guard version == 1 else { return integer(edits, 12).flatMap { $0 < 1 << 31 ? $0 : nil } }
    guard let high = integer(edits, 16), let low = integer(edits, 20), high < 1 << 31 else { return nil }
    return high << 32 | low
  }

  /// How long after its decoding each of `count` samples is shown, in ticks; nil when the table is of another number. There
  /// is no table where none is delayed.
  private static func delays(_ table: ArraySlice<UInt8>?, count: Int) -> [Int]? {
    guard let table else { return Array(repeating: 0, count: count) }
    guard let runs = integer(table, 4), runs <= count else { return nil }
    var delays: [Int] = []
    for run in 0..<runs {
      guard let length = integer(table, 8 + 8 * run), let delay = integer(table, 12 + 8 * run),
        length <= count - delays.count
      else { return nil }
      delays += Array(repeating: Int(Int32(truncatingIfNeeded: delay)), count: length)
    }
    return delays.count == count ? delays : nil
  }

  /// What has to be equal in the `stsd` box of clips that are joined. Its `btrt` box is not: it tells how many bits the
  /// clip took.
  private static func pictureDescription(_ table: ArraySlice<UInt8>) -> ContentHash? {
    // Version, flags and count take 8 bytes; the fixed fields of a visual entry 78.
    guard let entry = box("avc1", in: table.dropFirst(8)), let parameters = box("avcC", in: entry.dropFirst(78)) else {
      return nil
    }
    return ContentHash(of: entry.prefix(78) + parameters + (box("colr", in: entry.dropFirst(78)) ?? []))
  }

  /// The content of the file's `moov` box.
  private static func index(of file: Descriptor, size: Int) -> [UInt8]? {
    var offset = 0
    while let head = try? file.read(16, at: offset), head.count >= 8, let short = integer(head[...], 0) {
      var (length, headLength) = (short, 8)
      if short == 1 {
        guard let high = integer(head[...], 8), let low = integer(head[...], 12) else { return nil }
        (length, headLength) = (high << 32 | low, 16)
      }
      guard length >= headLength, length <= size - offset else { return nil }
      if name(head[...]) == "moov" {
        guard length <= largestIndex, let bytes = try? file.read(length - headLength, at: offset + headLength),
          bytes.count == length - headLength
        else { return nil }
        return bytes
      }
      offset += length
    }
    return nil
  }

  /// The content of the box at the end of a path of boxes, each in the one before, the first in `bytes`.
  private static func box(_ path: [String], in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    path.reduce(bytes) { inner, name in inner.flatMap { box(name, in: $0) } }
  }

  /// The content of the first box called `wanted` among the boxes in `bytes`.
  private static func box(_ wanted: String, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = bytes
    while let length = integer(rest, 0), length >= 8, length <= rest.count {
      let content = rest.dropFirst(8).prefix(length - 8)
      if name(rest) == wanted { return content }
      rest = rest.dropFirst(length)
    }
    return nil
  }

  private static func name(_ box: ArraySlice<UInt8>) -> String {
    String(decoding: box.dropFirst(4).prefix(4), as: UTF8.self)
  }

  /// The big-endian 32-bit integer `offset` bytes into `bytes`.
  private static func integer(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> Int? {
    guard bytes.count >= offset + 4 else { return nil }
    return bytes.dropFirst(offset).prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
