import SceneLang

extension SoundAnalysis {
  /// One value per `Feature.allCases`, in that order, for the frame of a video at `time` seconds that is shown for
  /// `period` seconds. A beat belongs to the frame that is nearest to it, as a cut on the beat does.
  func values(at time: Double, period: Double) -> [Double] {
    let curves = Dictionary(uniqueKeysWithValues: zip(Feature.levels, levels(at: time)))
    let end = time + period / 2
    let begun = beats.count(by: end)
    let beat = begun - 1
    let since = begun > 0 ? max(0, time - beats.times[beat]) : .infinity
    return Feature.allCases.map { feature in
      switch feature {
      case .beat: begun > 0 && beats.times[beat] > end - period ? 1 : 0
      case .bdecay: since < Self.decayTime ? ScalarMath.exp(-2.5 * since / Self.decayTime) : 0
      case .beatN: Double(max(0, beat))
      case .barN: Double(beats.bar(ofBeat: beat))
      case .beatPhase: phase(of: beat, at: time)
      case .bpm: beats.tempo(aroundBeat: max(beat, 0))
      default: curves[feature]!
      }
    }
  }

  /// Seconds over which `bdecay` falls to 8 % and ends (CATALOGUE I-6: half a second of frames).
  private static let decayTime = 0.5

  /// 0…1 from a beat to the next; 0 before the first, and 1 long after the last.
  private func phase(of beat: Int, at time: Double) -> Double {
    guard beat >= 0, beats.times.count > 1 else { return 0 }
    return min(max(beats.beat(at: time) - Double(beat), 0), 1)
  }
}

extension RenderGraph {
  /// One value per `Feature.allCases`, in that order, at `time` seconds of the video: those of the sound, or the synthetic
  /// ones. `period`: how long a frame is shown, in seconds.
  func features(at time: Double, period: Double) -> [Double] {
    sound?.values(at: time, period: period) ?? SyntheticFeatures(tempo: tempo).values(at: time)
  }
}
