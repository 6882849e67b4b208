/// What was found in a scene's sound before anything is rendered: its features over time and its beats.
public struct SoundAnalysis: Hashable, Sendable {
  /// Seconds of sound; more than 0.
  public var duration: Double
  /// Analysis frames per second; frame k is centred on the time k / rate.
  public var rate: Double
  /// `Feature.levels.count` numbers per frame, 0…65535 for 0…1: coarse enough that the last bits of a decoder are not seen.
  public var levels: [UInt16]
  public var beats: BeatMap

  /// Precondition: `levels` holds one frame or more, whole ones.
  public init(duration: Double, rate: Double, levels: [UInt16], beats: BeatMap) {
    precondition(!levels.isEmpty && levels.count.isMultiple(of: Feature.levels.count), "frames are whole")
    self.duration = duration
    self.rate = rate
    self.levels = levels
    self.beats = beats
  }

  public var frameCount: Int { levels.count / Feature.levels.count }

  /// The features of the sound at `time` seconds, in the order of `Feature.levels`, 0…1: straight lines between frames,
  /// 0 where there is no sound.
  public func levels(at time: Double) -> [Double] {
    let count = Feature.levels.count
    let position = time * rate
    guard position >= 0, position <= Double(frameCount) else { return Array(repeating: 0, count: count) }
    let frame = min(Int(position), frameCount - 1)
    let next = min(frame + 1, frameCount - 1)
    let share = min(position - Double(frame), 1)
    return (0..<count).map { place in
      let a = Double(levels[frame * count + place])
      let b = Double(levels[next * count + place])
      return (a + (b - a) * share) / 65535
    }
  }
}

extension Feature {
  /// The features that are curves over time; the others come from the beats.
  public static let levels: [Feature] = [
    .rms, .sub, .bass, .lomid, .mid, .himid, .hi, .cent, .flat, .flux, .subR, .bassR, .lomidR, .midR, .himidR, .hiR,
    .centD,
  ]
}
