import SceneLang

/// Analyses a whole sound in one pass over its samples.
enum SoundAnalyzer {
  /// Changes whenever the same sound gives other numbers: part of the key under which analyses are kept.
  static let version = 7

  /// Decodes, mixes and analyses what is heard. `tempo`: beats per minute where they are known.
  ///
  /// Throws a failure of kind `asset` when there is no sound in a file.
  static func analyze(
    _ mix: OpenedMix, tempo: Double?, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) -> SoundAnalysis {
    let analyzer = SpectralAnalyzer()
    try SoundMixer(mix, .analysis, toolchain, cancellation).run { (block) throws(BuildFailure) in
      analyzer.take(UnsafeBufferPointer(block))
    }
    let frames = analyzer.finish()
    guard frames.count > 0 else {
      let paths = mix.tracks.map { "`\($0.media.path)`" }.joined(separator: ", ")
      throw BuildFailure(.asset, "nothing of \(paths) is heard: `from` lies behind its end")
    }
    return analysis(of: frames, tempo: tempo)
  }

  /// Precondition: one frame or more.
  static func analysis(of frames: SpectralFrames, tempo: Double? = nil) -> SoundAnalysis {
    let beats = BeatTracker.beats(of: frames, tempo: tempo)
    return SoundAnalysis(
      duration: Double(frames.sampleCount) / Double(SoundFormat.analysis.sampleRate), rate: SpectralFrames.rate,
      levels: frames.levels(), spectrum: frames.spectrum(), wave: frames.wave8(),
      waveRate: Double(SoundFormat.analysis.sampleRate) / Double(SpectralFrames.waveStep), beats: beats,
      sections: Sections.starts(in: frames, beats),
      drops: Sections.drops(in: frames, beats))
  }
}
