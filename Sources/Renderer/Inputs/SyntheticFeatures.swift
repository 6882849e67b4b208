import SceneLang

/// The audio features of a scene that listens to nothing: slow sines and a steady beat (CATALOGUE I-7). They are a pure
/// function of the time in the video.
public struct SyntheticFeatures: Sendable, Hashable {
  /// Beats per minute.
  public var tempo: Double

  public init(tempo: Double) { self.tempo = tempo }

  /// One value per `Feature.allCases`, in that order, for the frame of a video at `time` seconds that is shown for
  /// `period` seconds. Before 0 no beat has begun; each belongs to the frame that is nearest to it, as one of a track does.
  public func values(at time: Double, period: Double) -> [Double] {
    let beats = time * tempo / 60
    let span = FrameSpan(at: time, period: period)
    let begun = ScalarMath.floor(span.end * tempo / 60)
    let begunBefore = ScalarMath.floor(span.start * tempo / 60)
    let phase = max(0, beats - begun)
    let sine = { (rate: Double) in ScalarMath.sin(rate * time) }
    return Feature.allCases.map { feature in
      switch feature {
      case .rms: 0.5 + 0.3 * sine(0.5)
      case .sub: 0.3 + 0.3 * sine(0.8)
      case .bass: 0.5 + 0.4 * ScalarMath.sin(2 * .pi * beats)
      case .lomid: 0.4 + 0.3 * sine(1.1)
      case .mid: 0.4 + 0.3 * sine(1.3)
      case .himid: 0.35 + 0.25 * sine(1.7)
      case .hi: 0.3 + 0.2 * sine(2.1)
      case .cent: 0.5 + 0.2 * sine(0.3)
      case .flat: 0.4
      case .flux: 0.3 + 0.2 * sine(3)
      case .subR: 0.2
      case .bassR: 0.25
      case .lomidR: 0.15
      case .midR: 0.2
      case .himidR: 0.12
      case .hiR: 0.08
      case .centD: 0.1
      // Every half beat.
      case .onset: max(0, 1 - 4 * ScalarMath.fract(2 * beats))
      case .beat: begun >= 0 && begun > begunBefore ? 1 : 0
      case .bdecay: max(0, 1 - 4 * phase)
      case .beatN: max(0, begun)
      case .barN: max(0, ScalarMath.floor(begun / 4))
      case .beatPhase: phase
      case .bpm: tempo
      }
    }
  }
}
