/// What the index of an mp4 file says of a track: enough to tell that a clip is whole and fits its neighbours, and what a
/// finished video holds.
///
/// Sources: ISO/IEC 14496-12 (boxes `trak`, `edts`, `elst`, `mdia`, `mdhd`, `minf`, `stbl`, `stsd`, `stts`, `ctts`, `stsz`,
/// `colr`), 14496-15 (`avc1`, `avcC`, `hvc1`, `hvcC`), and AV1 in ISOBMFF 1.2 (`av01`, `av1C`). Reading it here costs
/// microseconds and reads nothing but the index; starting ffprobe costs 100 ms.
struct MP4Track: Hashable {
  /// Frames of video, packets of audio.
  var sampleCount: Int
  /// Of H.264: size, parameter sets and colours, which joined clips have in common. Nil for other codecs.
  var description: ContentHash?
  /// When each sample is shown, in ticks of the track, in the order stored; nil unless one edit shows them all.
  var times: [Int]?
  /// Whether all samples last equally long.
  var hasEvenSteps: Bool
  /// In the words of `Probe`; nil when it is of no kind that we write.
  var stream: Probe.Stream?

  /// Ten hours at 240 a second; the times of more are left to ffprobe.
  private static let mostTimes = 8_640_000

  /// The first track of a file; nil when it has no whole index.
  init?(_ file: Descriptor) {
    guard let first = MP4File(file)?.tracks.first else { return nil }
    self = first
  }

  /// `track`: the content of its box. Nil when a table is missing.
  init?(_ track: MP4Boxes, movieTicksPerSecond: Int) {
    guard let table = track[path: "mdia", "minf", "stbl"], let descriptions = table["stsd"],
      let count = table["stsz"]?.integer(8), let steps = table["stts"], let runs = steps.integer(4)
    else { return nil }
    sampleCount = count
    // Version, flags and count come before the first description.
    let entry = descriptions.dropFirst(8)
    description = Self.pictureDescription(entry)
    hasEvenSteps = runs == 1
    if count <= Self.mostTimes, let start = Self.start(of: track), let steps = Self.runs(steps, count: count),
      let delays = table["ctts"].map({ Self.runs($0, count: count) }) ?? Array(repeating: 0, count: count)
    {
      var decoded = -start
      times = zip(steps, delays).map { step, delay in
        defer { decoded += step }
        return decoded + Int(Int32(truncatingIfNeeded: delay))
      }
    }
    stream = Self.duration(of: track, movieTicksPerSecond).flatMap { Self.stream(entry, duration: $0) }
  }

  // MARK: Times

  /// The time of decoding, in ticks of the track, at which its one edit begins; nil when there are several or an empty one.
  private static func start(of track: MP4Boxes) -> Int? {
    guard let edits = track[path: "edts", "elst"] else { return 0 }
    guard let version = edits.byte(0), edits.integer(4) == 1 else { return nil }
    // A duration, then the time; both take 8 bytes in version 1.
    return version == 1 ? edits.long(16) : edits.integer(12).flatMap { $0 < 1 << 31 ? $0 : nil }
  }

  /// Seconds that its one edit shows of it, or all of it where nothing is edited.
  private static func duration(of track: MP4Boxes, _ movieTicksPerSecond: Int) -> Double? {
    if let edits = track[path: "edts", "elst"] {
      guard start(of: track) != nil, movieTicksPerSecond > 0 else { return nil }
      let ticks = edits.byte(0) == 1 ? edits.long(8) : edits.integer(8)
      return ticks.map { Double($0) / Double(movieTicksPerSecond) }
    }
    guard let media = track[path: "mdia", "mdhd"] else { return nil }
    let isLong = media.byte(0) == 1
    guard let ticks = isLong ? media.long(24) : media.integer(16), let rate = media.integer(isLong ? 20 : 12), rate > 0
    else { return nil }
    return Double(ticks) / Double(rate)
  }

  /// The values of `count` samples, by a table of runs of equal ones; nil when it is of another number.
  private static func runs(_ table: MP4Boxes, count: Int) -> [Int]? {
    guard let runs = table.integer(4), runs <= count else { return nil }
    var values: [Int] = []
    for run in 0..<runs {
      guard let length = table.integer(8 + 8 * run), let value = table.integer(12 + 8 * run),
        length <= count - values.count
      else { return nil }
      values += Array(repeating: value, count: length)
    }
    return values.count == count ? values : nil
  }

  // MARK: Descriptions

  /// Bytes of a description of pictures before the boxes in it.
  private static let pictureFields = 78

  /// What has to be equal in the descriptions of clips that are joined. The `btrt` box is not: it tells how many bits the
  /// clip took.
  private static func pictureDescription(_ entry: MP4Boxes) -> ContentHash? {
    guard let picture = entry["avc1"] else { return nil }
    let boxes = picture.dropFirst(pictureFields)
    guard let parameters = boxes["avcC"] else { return nil }
    return ContentHash(of: picture.bytes.prefix(pictureFields) + parameters.bytes + (boxes["colr"]?.bytes ?? []))
  }

  /// What it is, by the first description.
  private static func stream(_ entry: MP4Boxes, duration: Double) -> Probe.Stream? {
    guard let (kind, content) = entry.all.first else { return nil }
    switch kind {
    case "mp4a": return .init(codec: "aac", duration: duration)
    case "tx3g": return .init(codec: Probe.subtitleCodec, duration: duration)
    case "avc1", "hvc1", "av01":
      let boxes = content.dropFirst(pictureFields)
      guard let (codec, pixels) = pixels(of: kind, boxes), let colors = boxes["colr"].flatMap({ colors($0) }) else {
        return nil
      }
      return .init(
        codec: codec, width: content.half(24), height: content.half(26), pixels: "\(pixels) \(colors)",
        duration: duration)
    default: return nil
    }
  }

  /// The codec, and how it stores pixels; nil for anything but 4:2:0 of 8 or 10 bits.
  private static func pixels(of kind: String, _ boxes: MP4Boxes) -> (codec: String, pixels: String)? {
    let (codec, chroma, bits): (String, Int, Int)
    switch kind {
    case "avc1":
      guard let parameters = boxes["avcC"], let profile = parameters.byte(1) else { return nil }
      codec = "h264"
      // Baseline, main and extended have nothing else; of the others it stands at the end.
      if [66, 77, 88].contains(profile) {
        (chroma, bits) = (1, 8)
      } else {
        let size = parameters.bytes.count
        guard let format = parameters.byte(size - 4), let depth = parameters.byte(size - 3) else { return nil }
        (chroma, bits) = (format & 3, 8 + depth & 7)
      }
    case "hvc1":
      guard let parameters = boxes["hvcC"], let format = parameters.byte(16), let depth = parameters.byte(17) else {
        return nil
      }
      (codec, chroma, bits) = ("hevc", format & 3, 8 + depth & 7)
    default:
      guard let flags = boxes["av1C"]?.byte(2) else { return nil }
      // Bits from the highest: tier, high depth, twelve bits, monochrome, subsampled across and down, position of chroma.
      (codec, chroma) = ("av1", flags & 0b1_1100 == 0b0_1100 ? 1 : 0)
      bits = flags & 0b100_0000 == 0 ? 8 : flags & 0b10_0000 == 0 ? 10 : 12
    }
    guard chroma == 1, bits == 8 || bits == 10 else { return nil }
    return (codec, bits == 8 ? "yuv420p" : "yuv420p10le")
  }

  /// Range, matrix, transfer and primaries by the numbers of ISO/IEC 23091-2, as ffprobe calls them; nil for anything but
  /// BT.709.
  private static func colors(_ box: MP4Boxes) -> String? {
    guard box.word(0) == "nclx", let range = box.byte(10), [4, 6, 8].allSatisfy({ box.half($0) == 1 }) else {
      return nil
    }
    return "\(range & 0x80 == 0 ? "tv" : "pc") bt709 bt709 bt709"
  }
}
