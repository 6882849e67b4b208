/// Numbers over time, each until the next one begins.
public struct SampledCurve: Hashable, Sendable {
  /// Seconds, ascending from 0; as many as values, one or more.
  public let times: [Double]
  /// 0…1.
  public let values: [Float]

  /// Precondition: as above.
  public init(times: [Double], values: [Float]) {
    precondition(!times.isEmpty && times.count == values.count, "a curve has a value for each of its times")
    self.times = times
    self.values = values
  }

  /// The value at a time: the first one before it begins, the last one after its end.
  public func value(at time: Double) -> Double {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return Double(values[max(0, low - 1)])
  }
}

/// What is measured of each frame of a picture as a whole, in 0…1 (CATALOGUE I-12).
public enum PictureFeature: String, Hashable, Sendable, CaseIterable {
  /// The mean of the luma, and its standard deviation in shares of half its range.
  case brightness, contrast
  /// The share of the picture on edges, and the mean of `motion`.
  case edgeDensity = "edge_density", movement
  /// The hue that most colour has, in turns, 0 without colours; how far colours lie apart: the mean standard deviation of
  /// red, green and blue in shares of half their range.
  case dominantHue = "dominant_hue", colorVariance = "color_variance"
}
