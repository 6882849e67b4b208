import SceneLang

/// What a reader finds in a finished video. An mp4 is read by us, from its index; ffprobe, which takes 100 ms to start, reads
/// the other formats, and an mp4 of an index that we do not understand.
struct Probe: Hashable {
  struct Stream: Hashable {
    var codec: String
    /// Pixels; nil for sound.
    var width: Int?
    var height: Int?
    /// How pixels are stored, and the range, matrix, transfer and primaries of their colours, as ffprobe calls them; empty
    /// for sound.
    var pixels = ""
    /// Seconds.
    var duration: Double
  }

  /// In the order of the file.
  var streams: [Stream] = []
  /// Presentation times of the first stream's frames, in ticks, in the order stored.
  var times: [Int] = []

  /// Throws a failure of kind `verification` for what is no video.
  init(
    _ path: String, _ toolchain: Toolchain, _ cancellation: Cancellation, format: Output.Format = .mp4
  ) throws(BuildFailure) {
    if format == .mp4, let known = (try? Descriptor(reading: path)).flatMap({ MP4File($0) }).flatMap({ Probe($0) }) {
      self = known
      return
    }
    let command = ChildCommand(
      program: toolchain.ffprobe,
      arguments: [
        "-v", "error", "-protocol_whitelist", "file", "-show_entries",
        "stream=codec_name,width,height,duration,\(Self.pixelKeys.joined(separator: ",")):packet=stream_index,pts",
        "-of", "compact=print_section=1:nokey=0",
        "-f", format.reader, "-i", "file:\(path)",
      ],
      keepsOutput: true, limits: .decoding)
    let child = try ChildProcess(command, cancellation)
    guard try child.wait().isSuccess else {
      throw BuildFailure(
        .verification, "the video is not what the scene says: ffprobe cannot read it\n\(child.errorTail())")
    }
    self.init(compact: try child.outputText())
  }

  /// Nil when we do not understand all of it.
  private init?(_ file: MP4File) {
    streams = file.tracks.compactMap(\.stream)
    guard streams.count == file.tracks.count, let times = file.tracks[0].times else { return nil }
    self.times = times
  }

  /// The codec of subtitles in an mp4, as ffmpeg and ffprobe call it: 3GPP timed text.
  static let subtitleCodec = "mov_text"

  private static let pixelKeys = ["pix_fmt", "color_range", "color_space", "color_transfer", "color_primaries"]

  /// Reads ffprobe's `compact` output: lines such as `packet|stream_index=0|pts=512` and `stream|codec_name=h264|…`.
  init(compact text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "|")
      var fields: [Substring: Substring] = [:]
      for part in parts.dropFirst() {
        guard let equals = part.firstIndex(of: "=") else { continue }
        fields[part[..<equals]] = part[part.index(after: equals)...]
      }
      if parts.first == "packet", fields["stream_index"] == "0" {
        if let time = fields["pts"].flatMap({ Int($0) }) { times.append(time) }
      } else if parts.first == "stream", let codec = fields["codec_name"] {
        streams.append(
          Stream(
            codec: String(codec), width: fields["width"].flatMap { Int($0) },
            height: fields["height"].flatMap { Int($0) },
            pixels: Self.pixelKeys.compactMap { fields[Substring($0)].map(String.init) }.joined(separator: " "),
            duration: fields["duration"].flatMap { Double($0) } ?? 0))
      }
    }
  }

  /// Throws a failure of kind `verification` that names the first thing that is not as it should be.
  func check(_ expected: Expectation) throws(BuildFailure) {
    guard let fault = fault(expected) else { return }
    throw BuildFailure(.verification, "the video is not what the scene says: \(fault)")
  }

  /// What a finished video has to be.
  struct Expectation {
    var width: Int
    var height: Int
    var frameCount: Int
    /// When each frame is shown, and how long all last; nil where the format says neither exactly.
    var clock: VideoClock?
    var hasAudio: Bool
    /// Nil where there may be some.
    var hasSubtitles: Bool?
    /// As ffprobe calls it.
    var codec = "h264"
    /// As of a stream; nil where the format leaves no choice.
    var pixels: String?
  }

  private func fault(_ expected: Expectation) -> String? {
    guard let video = streams.first, video.codec == expected.codec else {
      return "its first stream is not \(expected.codec)"
    }
    if (video.width, video.height) != (expected.width, expected.height) {
      return "its size is \(video.width ?? 0)x\(video.height ?? 0), not \(expected.width)x\(expected.height)"
    }
    if let pixels = expected.pixels, video.pixels != pixels {
      return "its pixels are `\(video.pixels)`, not `\(pixels)`"
    }
    if times.count != expected.frameCount { return "it has \(times.count) frames, not \(expected.frameCount)" }
    let words = streams.dropFirst(expected.hasAudio ? 2 : 1).map(\.codec)
    let hasSubtitles = expected.hasSubtitles ?? !words.isEmpty
    if streams.count < (expected.hasAudio ? 2 : 1) || words != (hasSubtitles ? [Self.subtitleCodec] : []) {
      return "it has \(streams.count) streams"
    }
    return expected.clock.flatMap { fault(expected, video, $0) }
  }

  private func fault(_ expected: Expectation, _ video: Stream, _ clock: VideoClock) -> String? {
    let ticks = clock.ticksPerFrame
    for (frame, time) in times.sorted().enumerated() where time != frame * ticks {
      return "frame \(frame) is shown at tick \(time), not \(frame * ticks)"
    }
    let seconds = clock.fps.seconds(ofFrame: expected.frameCount)
    if abs(video.duration - seconds) > 0.001 { return "the picture lasts \(video.duration) s, not \(seconds) s" }
    // A packet of AAC is 21 ms: the last one may reach beyond the end.
    if expected.hasAudio, abs(streams[1].duration - seconds) > 0.03 {
      return "the sound lasts \(streams[1].duration) s, not \(seconds) s"
    }
    return nil
  }
}

extension Output.Format {
  /// The name of ffmpeg's reader.
  fileprivate var reader: String {
    switch self {
    case .mp4, .mov: "mov"
    case .webm: "matroska"
    case .gif: "gif"
    case .apng: "apng"
    case .webp: "webp_pipe"
    case .png: "png_pipe"
    }
  }

  /// The video codec, as ffprobe calls it.
  var codec: String {
    switch self {
    case .mp4: "h264"
    case .webm: "vp9"
    case .mov: "prores"
    case .gif: "gif"
    case .apng: "apng"
    case .webp: "webp"
    case .png: "png"
    }
  }
}
