import SceneLang

extension SoundAnalysis {
  /// One value per `Feature.allCases`, in that order, for the frame of a video at `time` seconds that is shown for
  /// `period` seconds. A beat belongs to the frame that is nearest to it: see `FrameSpan`.
  public func values(at time: Double, period: Double) -> [Double] {
    let curves = Dictionary(uniqueKeysWithValues: zip(Feature.levels, levels(at: time)))
    let end = time + period / 2
    let span = FrameSpan(at: time, period: period)
    let begun = beats.count(by: span.end)
    let beat = begun - 1
    let since = begun > 0 ? max(0, time - beats.times[beat]) : .infinity
    return Feature.allCases.map { feature in
      switch feature {
      case .beat: begun > beats.count(by: span.start) ? 1 : 0
      case .bdecay: since < Self.decayTime ? ScalarMath.exp(-2.5 * since / Self.decayTime) : 0
      case .beatN: Double(max(0, beat))
      case .barN: Double(beats.bar(ofBeat: beat))
      case .beatPhase: phase(of: beat, at: time)
      case .bpm: beats.tempo(aroundBeat: max(beat, 0))
      case .onset: strongest(.onset, in: end - period...end)
      default: curves[feature]!
      }
    }
  }

  /// The largest of the analysis frames that a video's frame covers and of its own middle: no onset falls between frames.
  private func strongest(_ feature: Feature, in span: ClosedRange<Double>) -> Double {
    let place = Feature.levels.firstIndex(of: feature)!
    let first = max(0, Int(ScalarMath.ceil(max(span.lowerBound, 0) * rate)))
    let last = min(frameCount - 1, Int(min(span.upperBound, duration) * rate))
    let inside = first <= last ? (first...last).map { levels[$0 * Feature.levels.count + place] }.max()! : 0
    return max(Double(inside) / 65535, levels(at: (span.lowerBound + span.upperBound) / 2)[place])
  }

  /// Seconds over which `bdecay` falls to 8 % and ends (CATALOGUE I-6: half a second of frames).
  private static let decayTime = 0.5

  /// 0…1 from a beat to the next; 0 before the first, and 1 long after the last.
  private func phase(of beat: Int, at time: Double) -> Double {
    guard beat >= 0, beats.times.count > 1 else { return 0 }
    return min(max(beats.beat(at: time) - Double(beat), 0), 1)
  }
}
