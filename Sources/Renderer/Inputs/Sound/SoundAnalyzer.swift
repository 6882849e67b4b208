import SceneLang

/// Analyses a whole sound in one pass over its samples.
enum SoundAnalyzer {
  /// Changes whenever the same sound gives other numbers: part of the key under which analyses are kept.
  static let version = 1

  /// Decodes and analyses `media`. `tempo`: beats per minute where they are known.
  ///
  /// Throws a failure of kind `asset` when there is no sound in the file.
  static func analyze(
    _ media: MediaFile, tempo: Double?, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) -> SoundAnalysis {
    let analyzer = SpectralAnalyzer()
    try SoundDecoder.decode(media, toolchain, cancellation, analyzer.take)
    return analysis(of: analyzer.finish(), tempo: tempo)
  }

  /// Precondition: one frame or more.
  static func analysis(of frames: SpectralFrames, tempo: Double? = nil) -> SoundAnalysis {
    SoundAnalysis(
      duration: Double(frames.sampleCount) / Double(SoundDecoder.sampleRate), rate: SpectralFrames.rate,
      levels: frames.levels(), beats: BeatTracker.beats(of: frames, tempo: tempo))
  }
}
