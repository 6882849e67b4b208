/// What was found in a scene's sound before anything is rendered: its features over time and its beats.
public struct SoundAnalysis: Hashable, Sendable {
  /// Seconds of sound; more than 0.
  public var duration: Double
  /// Analysis frames per second; frame k is centred on the time k / rate.
  public var rate: Double
  /// `Feature.levels.count` numbers per frame, 0…65535 for 0…1: coarse enough that the last bits of a decoder are not seen.
  public var levels: [UInt16]
  /// `spectrumCount` levels per frame, 0…255 for 0…1 of the loudest, at equal steps of pitch from 20 Hz to 16 kHz.
  public var spectrum: [UInt8]
  public static let spectrumCount = 64
  /// The sound itself, `waveRate` samples a second, −127…127 for −1…1 of its peak.
  public var wave: [Int8]
  public var waveRate: Double
  public var beats: BeatMap
  /// Seconds at which something new begins, ascending.
  public var sections: [Double]
  /// Seconds at which the level falls to half or comes back, ascending.
  public var drops: [Double]

  /// Precondition: `levels` holds one frame or more, whole ones, and `spectrum` as many or none.
  public init(
    duration: Double, rate: Double, levels: [UInt16], spectrum: [UInt8] = [], wave: [Int8] = [], waveRate: Double = 1,
    beats: BeatMap, sections: [Double] = [], drops: [Double] = []
  ) {
    precondition(!levels.isEmpty && levels.count.isMultiple(of: Feature.levels.count), "frames are whole")
    self.duration = duration
    self.rate = rate
    self.levels = levels
    let frameCount = levels.count / Feature.levels.count
    precondition(spectrum.isEmpty || spectrum.count == frameCount * Self.spectrumCount, "frames have a spectrum")
    self.spectrum = spectrum
    self.wave = wave
    self.waveRate = waveRate
    self.beats = beats
    self.sections = sections
    self.drops = drops
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
    .centD, .onset,
  ]
}
