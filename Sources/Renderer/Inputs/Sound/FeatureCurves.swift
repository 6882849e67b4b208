import SceneLang

extension SpectralFrames {
  /// The features over time: smoothed, then each stretched to 0…1 over the sound (CATALOGUE I-4, I-5, X-19, X-26), as
  /// `SoundAnalysis` keeps them.
  func levels() -> [UInt16] {
    let onsets = OnsetEnvelope(self).levels
    let curves = Feature.levels.map { feature -> [Double] in
      if feature == .onset { return onsets }
      let (values, share) = raw(feature)
      return Self.stretched(Self.smoothed(values, share))
    }
    var levels: [UInt16] = []
    levels.reserveCapacity(count * curves.count)
    for frame in 0..<count {
      for curve in curves { levels.append(UInt16(curve[frame] * 65535 + 0.5)) }
    }
    return levels
  }

  /// The measured values of a feature, and the share of the new value in its moving mean, at 24 frames a second.
  private func raw(_ feature: Feature) -> (values: [Double], share: Double) {
    switch feature {
    case .rms: (rms, Self.quick)
    case .sub: (band(0), Self.quick)
    case .bass: (band(1), Self.quick)
    case .lomid: (band(2), Self.quick)
    case .mid: (band(3), Self.quick)
    case .himid: (band(4), Self.quick)
    case .hi: (band(5), Self.quick)
    case .flux: (flux, Self.quick)
    case .cent: (centroid, Self.slow)
    case .flat: (flatness, Self.slow)
    case .subR: (ratio(0), Self.slow)
    case .bassR: (ratio(1), Self.slow)
    case .lomidR: (ratio(2), Self.slow)
    case .midR: (ratio(3), Self.slow)
    case .himidR: (ratio(4), Self.slow)
    case .hiR: (ratio(5), Self.slow)
    case .centD: (Self.slope(Self.smoothed(centroid, Self.slow)), Self.slow)
    case .onset, .beat, .bdecay, .beatN, .barN, .beatPhase, .bpm: preconditionFailure("`\(feature)` is not smoothed")
    }
  }

  private static let quick = 0.3
  private static let slow = 0.12

  private func band(_ index: Int) -> [Double] { (0..<count).map { bands[$0 * Self.bandCount + index] } }

  /// The share of a band in the sum of all, 0 in silence.
  private func ratio(_ index: Int) -> [Double] {
    (0..<count).map { frame in
      let all = bands[frame * Self.bandCount..<(frame + 1) * Self.bandCount]
      return ScalarMath.quotient(all[all.startIndex + index], all.reduce(0, +))
    }
  }

  /// Magnitude of the central difference, one-sided at the ends.
  private static func slope(_ values: [Double]) -> [Double] {
    values.indices.map { index in
      let (low, high) = (max(index - 1, 0), min(index + 1, values.count - 1))
      return high > low ? abs(values[high] - values[low]) / Double(high - low) : 0
    }
  }

  /// The exponential moving mean with the time constant that a share of `share` has at 24 values a second.
  static func smoothed(_ values: [Double], _ share: Double) -> [Double] {
    guard var mean = values.first else { return [] }
    let own = 1 - ScalarMath.pow(1 - share, 24 / rate)
    return values.map { value in
      mean += own * (value - mean)
      return mean
    }
  }

  /// (v − min) / (max − min). What stands still is not blown up to noise: the divisor is at least a hundredth of the
  /// maximum, and what is 0 throughout stays 0.
  static func stretched(_ values: [Double]) -> [Double] {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let span = max(high - low, 0.01 * high)
    return values.map { span > 0 ? min((($0 - low) / span), 1) : 0 }
  }
}

extension SpectralFrames {
  /// The levels of the bands in shares of the loudest, as `SoundAnalysis` keeps them.
  func spectrum() -> [UInt8] {
    let loudest = logBands.max() ?? 0
    return loudest > 0 ? logBands.map { UInt8($0 / loudest * 255 + 0.5) } : logBands.map { _ in 0 }
  }

  /// The samples in shares of the peak, as `SoundAnalysis` keeps them.
  func wave8() -> [Int8] {
    let peak = wave.reduce(0) { max($0, abs(Int($1))) }
    return peak > 0 ? wave.map { Int8(Int($0) * 127 / peak) } : wave.map { _ in 0 }
  }
}
