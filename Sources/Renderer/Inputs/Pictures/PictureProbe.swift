/// What ffprobe says of a picture file.
struct PictureProbe: Hashable {
  var width: Int
  var height: Int
  var times: [Double]
  var duration: Double
  var start: Double
  var hasAlpha: Bool
  /// Nil where ffmpeg's own does.
  var decoder: AlphaDecoder?
  /// Whether its container is one of videos, not of stills and animations.
  var isFilm = false
  /// Whether a frame is found by its time, and is then what it is when all before it are decoded: AVI keeps no times, and
  /// ffmpeg comes out at another frame from run to run; H.264 may begin anew with a picture that needs those before it.
  var isSeekable = true

  /// As ffprobe calls the containers of stills and animations.
  private static let images: Set<Substring> = ["gif", "apng", "png_pipe", "jpeg_pipe", "webp_pipe", "bmp_pipe"]
}

extension PictureProbe {
  /// Looks at one file. Throws a failure of kind `asset` for what is no picture or has too many pixels, `missingProgram`
  /// for want of the decoder that it needs.
  init(_ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation) throws(BuildFailure) {
    var command = ChildCommand(
      program: toolchain.ffprobe,
      arguments: [
        "-v", "error", "-select_streams", "v:0", "-show_entries",
        "format=format_name:stream=codec_name,width,height,sample_aspect_ratio,pix_fmt:stream_tags=alpha_mode"
          + ":stream_side_data=rotation:packet=pts_time,dts_time,duration_time,flags",
        "-of", "compact=print_section=1:nokey=0",
      ] + MediaFile.inputOptions,
      keepsOutput: true, limits: .decoding)
    command.inherited = [media.descriptor]
    let child = try ChildProcess(command, cancellation)
    let status = try child.wait()
    let text = try child.outputText()
    guard status.isSuccess, let probe = Self(compact: text, of: media.path) else {
      throw .notAPicture(media.path, child.errorTail())
    }
    guard probe.width * probe.height <= PictureFile.mostPixels else {
      throw BuildFailure(
        .asset, "`\(media.path)` has \(probe.width)x\(probe.height) pixels, more than \(PictureFile.mostPixels)")
    }
    if let decoder = probe.decoder { try toolchain.check(decoder: decoder.rawValue, of: media.path, cancellation) }
    self = probe
    if isSeekable, text.contains("codec_name=h264") {
      let keyFrames = text.split(separator: "\n").count {
        $0.hasPrefix("packet|") && Self.fields($0)["flags"]?.contains("K") == true
      }
      isSeekable = try Self.refreshes(of: media, toolchain, cancellation) >= keyFrames
    }
  }

  /// How many pictures of an H.264 film need none before them (IDR, NAL units of type 5; ITU-T H.264, 7.4.1.2.4). An encoder
  /// for live pictures may have one, and points of recovery after it that containers take for key frames.
  private static func refreshes(
    of media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) -> Int {
    var command = ChildCommand.ffmpeg(
      toolchain,
      MediaFile.inputOptions + [
        "-map", "0:v:0", "-c", "copy", "-bsf:v", "filter_units=pass_types=5", "-f", "framecrc", "-",
      ])
    command.inherited = [media.descriptor]
    command.keepsOutput = true
    command.limits = .decoding
    let child = try ChildProcess(command, cancellation)
    // Of what it does not understand, nothing is known.
    guard try child.wait().isSuccess else { return 0 }
    return try child.outputText().split(separator: "\n").count { !$0.hasPrefix("#") }
  }

  /// Nil where there is no picture.
  init?(compact text: String, of path: String) {
    var frames: [(time: Double, duration: Double)] = []
    var size: (Int, Int)?
    var ratio = 1.0
    var isTurned = false
    var (decoder, container): (AlphaDecoder?, Substring?) = (nil, nil)
    var pixels = ""
    // Packets of a file without times, such as a still, come in order.
    var last = 0.0
    for line in text.split(separator: "\n") {
      let fields = Self.fields(line)
      if line.hasPrefix("packet|") {
        // What edit lists cut away is not shown.
        if fields["flags"]?.contains("D") == true { continue }
        let time = (fields["pts_time"] ?? fields["dts_time"]).flatMap { Double($0) } ?? last
        let duration = fields["duration_time"].flatMap { Double($0) } ?? 0
        last = time + duration
        frames.append((time, duration))
      } else if line.hasPrefix("format|") {
        container = fields["format_name"]
      } else if line.hasPrefix("stream|") {
        decoder = AlphaDecoder(codec: fields["codec_name"] ?? "", alphaMode: fields["tag:alpha_mode"] ?? "")
        if let width = fields["width"].flatMap({ Int($0) }), let height = fields["height"].flatMap({ Int($0) }),
          width > 0, height > 0
        {
          size = (width, height)
        }
        let parts = fields["sample_aspect_ratio"]?.split(separator: ":").compactMap { Double($0) } ?? []
        if parts.count == 2, parts[0] > 0, parts[1] > 0 { ratio = min(max(parts[0] / parts[1], 0.1), 10) }
        pixels = fields["pix_fmt"].map(String.init) ?? ""
        let turn = fields.first { $0.key.hasSuffix("rotation") }.flatMap { Int($0.value) } ?? 0
        isTurned = abs(turn) % 180 == 90
      }
    }
    guard var size, !frames.isEmpty else { return nil }
    size.0 = max(1, Int((Double(size.0) * ratio).rounded()))
    (width, height) = isTurned ? (size.1, size.0) : size
    frames.sort { $0.time < $1.time }
    start = frames[0].time
    times = frames.map { [start] in $0.time - start }
    let end = frames[frames.count - 1]
    duration = end.time - start + end.duration
    if frames.count > 1, end.duration <= 0 { duration += (end.time - start) / Double(frames.count - 1) }
    hasAlpha =
      decoder != nil || pixels.contains("a") && !pixels.hasPrefix("gray") || pixels == "ya8" || pixels == "pal8"
    self.decoder = decoder
    isFilm = container.map { !Self.images.contains($0) } ?? false
    isSeekable = container != "avi"
  }

  private static func fields(_ line: Substring) -> [Substring: Substring] {
    var fields: [Substring: Substring] = [:]
    for part in line.split(separator: "|").dropFirst() {
      if let equals = part.firstIndex(of: "=") { fields[part[..<equals]] = part[part.index(after: equals)...] }
    }
    return fields
  }
}
