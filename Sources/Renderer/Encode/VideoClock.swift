import SceneLang

/// The ticks that mp4 files of a frame rate count in, such that every frame and every clip begins on a tick.
struct VideoClock: Hashable {
  let fps: FrameRate
  /// Ticks per second: a multiple of the rate's numerator, so that a frame has a whole number of ticks.
  let ticksPerSecond: Int
  var ticksPerFrame: Int { ticksPerSecond / fps.numerator * fps.denominator }

  init(_ fps: FrameRate) {
    self.fps = fps
    // Ticks well below a millisecond, as players expect of a video track.
    ticksPerSecond = fps.numerator * max(1, (12_000 + fps.numerator - 1) / fps.numerator)
  }

  /// Track and movie count alike: the usual 1000 ticks of the movie round the start of pictures that are shown in
  /// another order than they are stored, and joined clips drift.
  var writerOptions: [String] {
    ["-video_track_timescale", "\(ticksPerSecond)", "-movie_timescale", "\(ticksPerSecond)"]
  }

  /// The start of a frame, rounded to microseconds: the unit in which lists of clips are read.
  func microseconds(atFrame frame: Int) -> Int { rounded(frame, unitsPerSecond: 1_000_000) }

  /// Audio samples that cover the first `frames` frames, rounded.
  func samples(frames: Int, sampleRate: Int) -> Int { rounded(frames, unitsPerSecond: sampleRate) }

  /// frames / fps in units, rounded half up. Integers all the way: ten hours of microseconds times 1001 fit easily.
  private func rounded(_ frames: Int, unitsPerSecond: Int) -> Int {
    (2 * frames * fps.denominator * unitsPerSecond + fps.numerator) / (2 * fps.numerator)
  }
}
