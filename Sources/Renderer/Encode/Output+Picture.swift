import SceneLang

extension Output {
  /// The picture of the finished file, for a video of that format.
  func picture(of video: PictureFormat) -> PictureFormat {
    picture(of: video, width: width ?? (format == .gif ? min(640, video.width) : video.width))
  }

  /// The same in another width; the height follows.
  func picture(of video: PictureFormat, width: Int) -> PictureFormat {
    let height = max(1, (width * video.height + video.width / 2) / video.width)
    return PictureFormat(
      // 4:2:0 has even sides.
      width: width, height: format == .webm ? max(2, (height + 1) / 2 * 2) : height,
      fps: fps ?? (format == .gif && video.fps.value > 15 ? FrameRate(15) : video.fps))
  }

  /// Where it is put, for a video of `count` frames. Throws as `OutputTarget` does, and where the format has no odd sides.
  func target(frameCount count: Int, _ video: PictureFormat, inputs: [String]) throws(BuildFailure) -> OutputTarget {
    let picture = picture(of: video)
    if format.hasEvenSides && picture.hasOddSide {
      let odd = width == nil ? video : picture
      throw BuildFailure(
        .unusableName, "`\(path)` has even sides, not \(odd.width)x\(odd.height)",
        help: "give an even size, or write to .mov, .gif, .apng, .webp or .png")
    }
    let least = format == .mp4 ? codec.shortestSide : 1
    guard min(picture.width, picture.height) >= least else {
      throw BuildFailure(
        .unusableName,
        "`\(path)` is \(codec.rawValue), whose sides have \(least) pixels or more, not "
          + "\(picture.width)x\(picture.height)",
        help: "give a larger size, or leave `codec:` out")
    }
    guard let sequence else { return try OutputTarget(path: path, inputs: inputs) }
    return try OutputTarget(
      sequence: sequence, path: path, count: frameCount(of: count, video), inputs: inputs)
  }

  /// Frames of the finished file, for a video of `count`: those k with floor(k · fps of the video / fps) in it.
  func frameCount(of count: Int, _ video: PictureFormat) -> Int {
    let rate = picture(of: video).fps
    let (a, b) = (rate.numerator * video.fps.denominator, rate.denominator * video.fps.numerator)
    return (count * a + b - 1) / b
  }

  /// The frame of the video that a frame of the finished file shows.
  func videoFrame(shownIn frame: Int, _ video: PictureFormat) -> Int {
    let rate = picture(of: video).fps
    return frame * (rate.denominator * video.fps.numerator) / (rate.numerator * video.fps.denominator)
  }

  /// Throws a failure of kind `verification` unless the file at `path` is this output of a video, whole and playable.
  func check(
    _ path: String, of video: PictureFormat, frameCount: Int, hasAudio: Bool, hasSubtitles: Bool? = false,
    _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) {
    var count = self.frameCount(of: frameCount, video)
    if format == .webp {
      let animation = try WebPAnimation(path)
      if !animation.durations.isEmpty { return try animation.check(picture(of: video), frameCount: count) }
      // All frames are equal: a still, of which ffprobe can say more.
      count = 1
    }
    // An animation of one frame is a still.
    let format = format == .apng && count == 1 ? .png : format
    let probe = try Probe(path, toolchain, cancellation, format: format)
    let picture = picture(of: video)
    var expected = Probe.Expectation(
      width: picture.width, height: picture.height, frameCount: count, hasAudio: hasAudio, hasSubtitles: hasSubtitles,
      codec: format == .mp4 ? codec.rawValue : format.codec)
    if format == .mov, isTransparent { expected.pixels = "yuva444p12le tv bt709 bt709 bt709" }
    if format == .mp4 {
      expected.clock = VideoClock(video.fps)
      expected.pixels = "\(bits == 8 ? "yuv420p" : "yuv420p10le") tv bt709 bt709 bt709"
    }
    // A GIF may have been made smaller to fit.
    if format == .gif, let stream = probe.streams.first {
      (expected.width, expected.height) = (stream.width ?? 0, stream.height ?? 0)
    }
    try probe.check(expected)
  }
}
