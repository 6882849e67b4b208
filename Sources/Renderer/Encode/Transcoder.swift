import SceneLang

/// Encodes a whole video in one pass from lossless clips: what cannot be joined by copying packets.
///
/// The bytes depend on ffmpeg and the clips alone: the number of threads is fixed, and conversions are bit-exact.
struct Transcoder {
  let joiner: Joiner
  let output: Output
  /// Of the clips.
  let format: PictureFormat
  /// Whether it is to be quick rather than good, where a format leaves the choice.
  var isDraft = false
  /// Told what is made smaller than was asked for.
  let onWarning: @Sendable (String) -> Void
  /// Told how many frames are encoded, now and then.
  var onFrame: (Int) -> Void = { _ in }

  /// Palettes and dithers of whole videos show no progress for a while.
  private static let patience = Duration.seconds(600)

  /// Writes `output` to `file`; `audio` is the finished sound, for formats that carry it.
  func encode(_ parts: [Joiner.Part], audio: String?, into file: PartFile) throws(BuildFailure) {
    if output.format == .gif { return try fit(parts, into: file) }
    try joiner.run(arguments(audio: audio), over: parts, into: file, patience: Self.patience, onFrame: onFrame)
  }

  /// Of the output.
  private var delivered: PictureFormat { output.picture(of: format) }

  // MARK: Formats

  /// Frames by the clock of the output, at its size. `round=up` takes frame floor(k · fps / rate) of the video.
  private func filter(_ size: PictureFormat) -> String {
    var filters: [String] = []
    if delivered.fps != format.fps { filters.append("fps=\(delivered.fps):round=up") }
    if output.isTransparent { filters.append(alpha) }
    let scale = "scale=\(size.width):\(size.height):flags=lanczos+accurate_rnd+full_chroma_int+bitexact"
    // What is not covered has no color that could be mixed into its neighbours.
    let isScaled = (size.width, size.height) != (format.width, format.height)
    if output.isTransparent && isScaled {
      filters.append("premultiply=inplace=1,\(scale),format=gbrap,unpremultiply=inplace=1")
    }
    switch output.format {
    case .gif, .apng, .webp, .png: filters.append(scale)
    case .mp4, .webm, .mov:
      // ProRes takes its tags from the frames, not from the options.
      filters += ["\(scale):out_color_matrix=bt709:out_range=tv", "setparams=range=tv:colorspace=bt709"]
      filters.append("setparams=color_primaries=bt709:color_trc=bt709")
    }
    return filters.joined(separator: ",")
  }

  /// The coverage, which lies below the colors in the clips, as alpha.
  private var alpha: String {
    let size = "\(format.width):\(format.height):0"
    // Made so already here: swscale's way from planes with alpha to it loses a level.
    let packed = output.format == .apng || output.format == .webp ? ",format=rgba" : ""
    return "split[above][below];[above]crop=\(size):0\(packed)[colors];"
      + "[below]crop=\(size):\(format.height),extractplanes=g[alpha];[colors][alpha]alphamerge"
  }

  func arguments(audio: String?) -> [String] {
    var arguments = Joiner.listInput
    if let audio { arguments += Joiner.soundInput(audio) }
    arguments += ["-map", "0:v:0"]
    if audio != nil { arguments += ["-map", "1:a:0"] }
    arguments += ["-vf", filter(delivered), "-fflags", "+bitexact", "-flags", "+bitexact"] + joiner.metadata
    let color = ["-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    let isTransparent = output.isTransparent
    switch output.format {
    case .webm:
      // Frames that are not shown have no place beside a second stream of alpha.
      if isTransparent { arguments += ["-auto-alt-ref", "0"] }
      arguments += ["-c:v", "libvpx-vp9", "-crf", isTransparent ? "20" : "30", "-b:v", "0"]
      arguments += isDraft ? ["-deadline", "realtime", "-cpu-used", "8"] : ["-deadline", "good", "-cpu-used", "4"]
      arguments += [
        "-threads", "2", "-row-mt", "0", "-pix_fmt", isTransparent ? "yuva420p" : "yuv420p",
      ]
      arguments += color + ["-c:a", "libopus", "-b:a", "160k", "-f", "webm", ChildCommand.outputPath]
    case .mov:
      arguments += ["-c:v", "prores_ks", "-profile:v", "4444", "-vendor", "apl0", "-threads", "1"]
      arguments += ["-pix_fmt", isTransparent ? "yuva444p10le" : "yuv444p10le"] + color
      arguments += ["-c:a", "copy", "-f", "mov", ChildCommand.outputPath]
    case .apng:
      arguments += ["-c:v", "apng", "-threads", "1", "-pix_fmt", isTransparent ? "rgba" : "rgb24", "-plays", "0"]
      arguments += ["-f", "apng", ChildCommand.outputPath]
    case .webp:
      // Lossy, from packed pixels, which libwebp converts itself; one of its frames stands for neighbours that are equal.
      arguments += ["-c:v", "libwebp_anim", "-quality", "85", "-threads", "1", "-pix_fmt", "bgra", "-loop", "0"]
      arguments += ["-f", "webp", ChildCommand.outputPath]
    // Planes of green, blue and red, which we write ourselves.
    case .png: arguments += ["-pix_fmt", isTransparent ? "gbrap" : "gbrp", "-f", "rawvideo", "-"]
    case .mp4, .gif: preconditionFailure("\(output.format) is not encoded in one command of this kind")
    }
    return arguments
  }

  // MARK: GIF

  /// Tries smaller and smaller pictures until one has at most the bytes allowed; without a limit the first will do.
  private func fit(_ parts: [Joiner.Part], into file: PartFile) throws(BuildFailure) {
    for (share, colors) in Self.ladder {
      let size = output.picture(of: format, width: max(16, Int(Double(delivered.width) * share)))
      try joiner.run(
        gifArguments(size, colors: colors), over: parts, into: file, patience: Self.patience, onFrame: onFrame)
      guard file.size <= output.largest ?? .max else { continue }
      if (share, colors) != Self.ladder[0] {
        onWarning("`\(output.path)` is \(size.width)x\(size.height) with \(colors) colors, to fit its `max_size`")
      }
      return
    }
    throw BuildFailure(
      .writing, "`\(output.path)` takes \(file.size) bytes at its smallest, not \(output.largest ?? 0)",
      help: "allow more with `max_size:`, lower its `fps:`, or build a part of the video")
  }

  /// Shares of the width and numbers of colors, best first.
  private static let ladder: KeyValuePairs = [
    1.0: 256, 1.0: 128, 1.0: 64, 0.75: 128, 0.75: 64, 0.5: 64, 0.5: 32, 0.375: 32, 0.25: 32, 0.25: 16,
  ]

  /// The list is read twice: for one palette of all frames, and for the frames, of which none is kept in memory.
  ///
  /// The palette is found among colors of seven bits a channel, at most a level off: ffmpeg searches all colors of a video in
  /// lists, which takes four times as long for eight bits (palettegen alone, 360 frames of 640 × 360: 12.9 and 3.2 s).
  private func gifArguments(_ size: PictureFormat, colors: Int) -> [String] {
    let frames = filter(size)
    let level = "trunc(val/2)*255/127"
    let coarse = "format=rgb24,lutrgb=r='\(level)':g='\(level)':b='\(level)'"
    let found = "palettegen=max_colors=\(colors):stats_mode=full:reserve_transparent=0"
    let palette = "[0:v]\(frames),\(coarse),\(found)[palette]"
    let use = "paletteuse=dither=bayer:bayer_scale=3:diff_mode=rectangle"
    let mapped = "[1:v]\(frames)[frames];[frames][palette]\(use)[out]"
    return Joiner.listInput + Joiner.listInput + [
      "-filter_complex", "\(palette);\(mapped)", "-map", "[out]", "-fflags", "+bitexact", "-flags", "+bitexact",
    ] + joiner.metadata + [
      "-threads", "1", "-loop", "0", "-f", "gif", ChildCommand.outputPath,
    ]
  }
}
