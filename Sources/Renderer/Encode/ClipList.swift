import SceneLang

/// Clips one after the other, in the syntax of ffmpeg's list reader ("concat demuxer").
///
/// Each duration is a difference of rounded starts, so that the rounding of one clip never adds to that of the next.
struct ClipList {
  private(set) var text = "ffconcat version 1.0\n"
  private let clock: VideoClock
  /// Whether only packets are taken from the clips: no decoder is opened for them. ffmpeg else decodes the first frames of
  /// each to learn what the file says anyway, which takes longer than copying some seconds.
  private let isCopied: Bool
  /// The frame after the last one listed.
  private var frame: Int

  /// A list that begins at that frame of the video.
  init(_ fps: FrameRate, from frame: Int = 0, isCopied: Bool = false) {
    clock = VideoClock(fps)
    self.isCopied = isCopied
    self.frame = frame
  }

  mutating func append(_ part: Joiner.Part) {
    append("file:\(part.path)", frameCount: part.frameCount)
  }

  /// Appends a list that ffmpeg reads when it has come so far.
  mutating func append(listAt path: String, frameCount: Int) {
    append(path, frameCount: frameCount, options: ["safe 0", "auto_convert 0"])
  }

  private mutating func append(_ path: String, frameCount: Int, options: [String] = []) {
    let start = clock.microseconds(atFrame: frame)
    frame += frameCount
    text += "file '\(path.replacing("'", with: "'\\''"))'\n"
    for option in options + (isCopied ? ["codec_whitelist none"] : []) { text += "option \(option)\n" }
    text += "duration \(clock.microseconds(atFrame: frame) - start)us\n"
  }
}
