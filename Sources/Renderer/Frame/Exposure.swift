import SceneLang

/// The darkest and the brightest level that a tone curve stretches to the full range: percentiles 1 and 99.5.
public struct Exposure: Sendable, Hashable {
  /// 0…255; `white` is above `black`.
  public let black: Int
  public let white: Int

  public init(black: Int, white: Int) {
    precondition(black < white, "an exposure has a range: \(black)…\(white)")
    self.black = black
    self.white = white
  }

  /// Below this many levels a range is noise in a flat picture, not contrast (CATALOGUE B-1).
  private static let narrowest = 10

  /// Percentiles of a histogram of 256 levels. The percentile is the smallest level with at least that share of the counts
  /// at or below it. Nil for an empty histogram.
  ///
  /// A range below 10 levels is widened evenly towards all levels, which is what a single level becomes: so a flat picture
  /// keeps its brightness, and its noise is not blown up.
  init?(histogram: [Int]) {
    let total = histogram.reduce(0, +)
    guard total > 0 else { return nil }
    let black = Self.level(perMille: 10, of: histogram, total)
    let white = Self.level(perMille: 995, of: histogram, total)
    let (width, narrowest) = (min(white - black, Self.narrowest), Self.narrowest)
    self.init(
      black: black * width / narrowest,
      white: 255 - (255 - max(white, black + narrowest)) * width / narrowest)
  }

  /// The same of max(r, g, b) in a whole segment, where a flat ground that is no shadow keeps its color: from a quarter of
  /// the pixels at the darkest level itself to half of them, black goes down to where such a ground is about as bright as
  /// it is alone, whatever stands before it.
  init?(segment histogram: [Int]) {
    guard let stretched = Exposure(histogram: histogram) else { return nil }
    let total = histogram.reduce(0, +)
    let ground = histogram[Self.level(perMille: 10, of: histogram, total)]
    let excess = max(0, stretched.black - Self.deepestGround)
    self.init(
      black: stretched.black - excess * min(max(4 * ground - total, 0), total) / total, white: stretched.white)
  }

  /// 0.15: with it and the usual gamma, levels from 80 to 200 stay within 12 of what they are.
  private static let deepestGround = 38

  private static func level(perMille: Int, of histogram: [Int], _ total: Int) -> Int {
    var sum = 0
    return histogram.firstIndex { count in
      sum += count
      return sum * 1000 >= total * perMille
    }!
  }

  /// Each level the mean of the others', rounded half up. Precondition: there is one.
  init(meanOf others: [Exposure]) {
    func mean(_ level: KeyPath<Exposure, Int>) -> Int {
      (2 * others.reduce(0) { $0 + $1[keyPath: level] } + others.count) / (2 * others.count)
    }
    // Every range is at least 10 wide (more where it was widened), so that of the means is too.
    self.init(black: mean(\.black), white: mean(\.white))
  }

  /// Level 0…255 → the tone's black…white: the stretch, its curve, then its gamma. Not rounded.
  func target(_ level: Int, _ tone: Tone) -> Double {
    let share = min(max(Double(level - black) / Double(white - black), 0), 1)
    return tone.black + (tone.white - tone.black) * ScalarMath.pow(tone.curve.apply(share), tone.gamma)
  }

  /// The curve as a table for every channel (`exposure: frame`).
  func table(_ tone: Tone) -> [UInt8] { (0..<256).map { UInt8(target($0, tone) + 0.5) } }

  /// The curve as a gain on max(r, g, b) for each value of it, 8192 for 1 and at most 4: hue and antialiasing survive, and
  /// noise near black is not lifted without bound.
  func gains(_ tone: Tone) -> [UInt16] {
    (0..<256).map { level in
      level == 0 ? 0 : UInt16(min(4, target(level, tone) / Double(level)) * 8192 + 0.5)
    }
  }
}

extension Exposure {
  /// The frames, from 0 in a segment of `count`, that decide its exposure: nine from 5 % to 95 % of it, or three when it
  /// is shorter than two seconds. Ascending, without repeats.
  public static func sampledFrames(count: Int, fps: FrameRate) -> [Int] {
    let samples = fps.seconds(ofFrame: count) < 2 ? 3 : 9
    let frames = (0..<samples).map { index in
      // (count − 1) · (5 % + 90 % · index / (samples − 1)), rounded half up, in integers.
      let steps = 5 * (samples - 1) + 90 * index
      return ((count - 1) * steps * 2 + 100 * (samples - 1)) / (200 * (samples - 1))
    }
    return frames.enumerated().filter { $0.offset == 0 || frames[$0.offset - 1] != $0.element }.map(\.element)
  }

  /// A sampled frame counts only if more than 0.5 % of its pixels reach this level: the black frames of a fade say
  /// nothing about the segment.
  static let emptyLevel = 16

  /// Whether a frame with this histogram of max(r, g, b) is nearly empty.
  static func isNearlyEmpty(_ histogram: [Int]) -> Bool {
    let total = histogram.reduce(0, +)
    return histogram[emptyLevel...].reduce(0, +) * 200 <= total
  }
}
