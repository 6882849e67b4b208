import SceneLang

/// What a scene listens to: the sound that was analysed, or synthetic features at its tempo.
public struct Hearing: Sendable, Hashable {
  public var sound: SoundAnalysis?
  /// Beats per minute.
  public var tempo: Double

  public init(sound: SoundAnalysis? = nil, tempo: Double = 120) {
    self.sound = sound
    self.tempo = tempo
  }

  /// One value per `Feature.allCases`, in that order, at `time` seconds of the video. `period`: how long a frame is shown,
  /// in seconds.
  func features(at time: Double, period: Double) -> [Double] {
    sound?.values(at: time, period: period) ?? SyntheticFeatures(tempo: tempo).values(at: time, period: period)
  }

  /// The spectrum and the waveform at `time` seconds of the video.
  func tables(at time: Double) -> SoundTables {
    sound?.tables(at: time) ?? SyntheticFeatures(tempo: tempo).tables(at: time)
  }
}

extension RenderGraph {
  var hearing: Hearing { Hearing(sound: sound, tempo: tempo) }

  /// What the nodes of a segment read at a tick of its states, counted from 0.
  public func context(segment index: Int, tick: Int) -> FrameContext {
    let segment = segments[index]
    let (rate, fps) = (FrameRate.ticksPerSecond, format.fps)
    let seconds = Double(tick) / Double(rate)
    // From integers: at 24 frames a second a tick has the very time of its frame.
    let start = segment.frames.lowerBound * fps.denominator * rate
    let timeline = Double(start + tick * fps.numerator) / Double(rate * fps.numerator)
    return FrameContext(
      frame: tick * fps.numerator / (rate * fps.denominator), time: seconds, timeline: timeline,
      progress: min(seconds / format.fps.seconds(ofFrame: segment.frames.count), 1),
      features: hearing.features(at: timeline, period: 1 / Double(rate)), tables: hearing.tables(at: timeline),
      hearing: hearing, period: 1 / Double(rate))
  }

  /// What the nodes of a segment read in one of its frames, counted from 0; times come from integers. Past its end, in a
  /// transition, time goes on and the progress stays 1.
  public func context(segment index: Int, frame: Int) -> FrameContext {
    let segment = segments[index]
    let timeline = format.fps.seconds(ofFrame: segment.frames.lowerBound + frame)
    return FrameContext(
      frame: frame, time: format.fps.seconds(ofFrame: frame), timeline: timeline,
      progress: min(1, Double(frame) / Double(segment.frames.count)),
      features: hearing.features(at: timeline, period: 1 / format.fps.value), tables: hearing.tables(at: timeline),
      hearing: hearing, period: 1 / format.fps.value)
  }
}
