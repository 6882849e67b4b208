/// The proportions of a picture.
public struct AspectRatio: Sendable, Hashable {
  public var width: Int
  public var height: Int

  /// The named ratios: landscape 16:9, portrait 9:16, square 1:1, ultrawide 64:27.
  public static let named: [String: AspectRatio] = [
    "landscape": AspectRatio(16, 9), "portrait": AspectRatio(9, 16), "square": AspectRatio(1, 1),
    "ultrawide": AspectRatio(64, 27),
  ]

  /// The same by name, with those that also say how many pixels the shorter side has (CATALOGUE G-1).
  static let shapes: [String: (ratio: AspectRatio, shorterSide: Int?)] = named.mapValues { ($0, nil) }.merging(
    ["landscape4k": (AspectRatio(16, 9), 2160), "portrait4k": (AspectRatio(9, 16), 2160)]) { $1 }

  /// Precondition: both sides are positive.
  public init(_ width: Int, _ height: Int) {
    precondition(width > 0 && height > 0, "an aspect ratio is positive: \(width):\(height)")
    self.width = width
    self.height = height
  }

  /// The picture whose shorter side has that many pixels; the longer side is the nearest even number.
  public func size(shorterSide side: Int) -> (width: Int, height: Int) {
    let longer = { (a: Int, b: Int) in (side * a + b) / (2 * b) * 2 }
    return width >= height ? (longer(width, height), side) : (side, longer(height, width))
  }
}
