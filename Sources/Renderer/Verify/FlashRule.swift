/// What counts as flashing that may cause seizures: of which light, in how large an area.
///
/// Common to all: a flash is a pair of opposing changes, more than three flashes in a second are too many, and they count
/// where more than a quarter of the field changes at once.
///
/// Sources: WCAG 2.2, success criterion 2.3.1 with the definition of general and red flash thresholds; Recommendation
/// ITU-R BT.1702-3 for pictures of standard dynamic range, whose white is taken to be 200 cd/m².
public struct FlashRule: Sendable, Hashable {
  public enum Light: String, Sendable, Hashable { case general, red }

  public enum Standard: String, Sendable, Hashable {
    case wcag = "WCAG 2.3.1"
    case bt1702 = "ITU-R BT.1702"
  }

  public let standard: Standard
  public let light: Light

  public static let all = [
    FlashRule(standard: .wcag, light: .general), FlashRule(standard: .wcag, light: .red),
    FlashRule(standard: .bt1702, light: .general), FlashRule(standard: .bt1702, light: .red),
  ]

  /// Half flashes in any second that are still allowed.
  static let mostTransitions = 6

  /// Sides of the field in which the area is measured, as parts of the picture's. WCAG: any field of 10°, which is a
  /// rectangle of 341 × 256 on a screen of 1024 × 768. BT.1702: the whole picture.
  var fieldsPerSide: Int { standard == .wcag ? 3 : 1 }

  /// Whether so many cells of a field change enough of it: more than 25 %.
  static func isLarge(_ changed: Int, of area: Int) -> Bool { 4 * changed > area }

  /// Whether going from one state to the other is half a flash.
  ///
  /// General: the luminance changes by 10 % of white or more, and the darker state is below 80 %; BT.1702 goes on above
  /// that with a Michelson contrast of 1/17 or more. Red: one of the states is a saturated red, R / (R + G + B) ≥ 0.8, and
  /// (R − G − B) · 320, at least 0, changes by more than 20.
  func isTransition(_ darker: LightState, _ lighter: LightState) -> Bool {
    let change = lighter.value - darker.value
    switch (light, standard) {
    case (.red, _): return change > 20 && (darker.isSaturatedRed || lighter.isSaturatedRed)
    case (.general, .wcag): return change >= 0.1 && darker.value < 0.8
    case (.general, .bt1702):
      return darker.value < 0.8 ? change >= 0.1 : 17 * change >= lighter.value + darker.value
    }
  }
}

/// The light of a cell in one frame, as a rule measures it.
public struct LightState: Sendable, Hashable {
  /// General: relative luminance 0…1. Red: (R − G − B) · 320 in linear light, at least 0.
  public var value: Float
  public var isSaturatedRed: Bool

  public init(value: Float, isSaturatedRed: Bool = false) {
    self.value = value
    self.isSaturatedRed = isSaturatedRed
  }
}

/// Flashing beyond what a rule allows.
public struct FlashSequence: Sendable, Hashable {
  public var rule: FlashRule
  /// From the first change to the last.
  public var frames: Range<Int>
  /// In the worst second, counted in halves.
  public var flashes: Double
  /// The greatest share of the field that changed at once, 0…1.
  public var area: Double
  /// Where that field lies: shares of the picture's width and height, 0…1.
  public var x: ClosedRange<Double>
  public var y: ClosedRange<Double>
}
