import SceneLang
import Testing

@testable import Renderer

/// Sequences made by hand, at each limit, just below and just above it.
@Suite struct FlashDetectorTests {
  private typealias Light = (red: Float, green: Float, blue: Float)

  private static let general = FlashRule(standard: .wcag, light: .general)
  private static let red = FlashRule(standard: .wcag, light: .red)
  private static let wholeGeneral = FlashRule(standard: .bt1702, light: .general)
  private static let wholeRed = FlashRule(standard: .bt1702, light: .red)

  private static let (width, height) = (24, 18)

  /// What is found in frames that are told one by one; `light` gives that of a cell.
  private func sequences(
    _ rule: FlashRule, frames: Int, fps: FrameRate = FrameRate(24), _ light: (_ frame: Int, _ x: Int, _ y: Int) -> Light
  ) -> [FlashSequence] {
    var detector = FlashDetector(rule, width: Self.width, height: Self.height, fps: fps)
    for frame in 0..<frames {
      let cells = (0..<Self.height).flatMap { y in (0..<Self.width).map { x in light(frame, x, y) } }
      detector.take(LightField(width: Self.width, height: Self.height, cells: cells))
    }
    return detector.sequences
  }

  private func gray(_ value: Float) -> Light { (value, value, value) }

  /// Whether flashing of the whole picture between two colours, `on` frames the one and `off` the other, is found.
  private func isFound(
    _ rule: FlashRule, _ a: Light, _ b: Light, on: Int = 3, off: Int = 3, fps: FrameRate = FrameRate(24)
  ) -> Bool {
    !sequences(rule, frames: 3 * Int(fps.value + 0.5), fps: fps) { frame, _, _ in
      frame % (on + off) < on ? a : b
    }.isEmpty
  }

  private func isFound(_ rule: FlashRule, _ a: Float, _ b: Float) -> Bool { isFound(rule, gray(a), gray(b)) }

  // MARK: How often

  @Test func threeFlashesInASecondAreAllowed() {
    for rule in [Self.general, Self.wholeGeneral] {
      #expect(!isFound(rule, gray(0), gray(1), on: 4, off: 4))
      #expect(isFound(rule, gray(0), gray(1), on: 4, off: 3), "24/7 = 3.4 in a second")
      #expect(!isFound(rule, gray(0), gray(1), on: 10, off: 10, fps: FrameRate(60)))
      #expect(isFound(rule, gray(0), gray(1), on: 10, off: 9, fps: FrameRate(60)))
      #expect(!isFound(rule, gray(0), gray(1), on: 4, off: 4, fps: FrameRate(24000, 1001)))
    }
    #expect(!isFound(Self.red, (0, 0, 0), (1, 0, 0), on: 4, off: 4))
    #expect(isFound(Self.red, (0, 0, 0), (1, 0, 0), on: 4, off: 3))
  }

  @Test func itIsTheSecondThatCounts() {
    /// So many changes, one every three frames, then rest.
    func found(changes: Int) -> [FlashSequence] {
      sequences(Self.general, frames: 96) { frame, _, _ in gray(Float(min(frame / 3, changes) % 2)) }
    }
    #expect(found(changes: 6).isEmpty)
    let seven = found(changes: 7)
    #expect(seven.count == 1 && seven.first?.frames == 3..<22 && seven.first?.flashes == 3.5)
    #expect(seven.first?.area == 1)
  }

  @Test func burstsFarApartAreTold() {
    let found = sequences(Self.general, frames: 240) { frame, _, _ in
      gray(frame % 120 < 30 ? Float(frame / 3 % 2) : 0)
    }
    #expect(found.count == 2)
    let near = sequences(Self.general, frames: 240) { frame, _, _ in
      gray(frame % 48 < 30 ? Float(frame / 3 % 2) : 0)
    }
    #expect(near.count == 1)
  }

  // MARK: How much

  @Test func aTenthOfWhiteIsAFlash() {
    for rule in [Self.general, Self.wholeGeneral] {
      #expect(isFound(rule, 0, 0.1))
      #expect(!isFound(rule, 0, 0.0999))
      #expect(isFound(rule, 0.4, 0.501) && !isFound(rule, 0.4, 0.499))
    }
  }

  @Test func brightPicturesFlashLess() {
    #expect(isFound(Self.general, 0.799, 1))
    #expect(!isFound(Self.general, 0.8, 1), "the darker state is not below 80 %")
    // Above that BT.1702 takes a Michelson contrast of 1/17: 0.8 to 0.9, and 0.889 to 1.
    #expect(isFound(Self.wholeGeneral, 0.8, 0.901) && !isFound(Self.wholeGeneral, 0.8, 0.899))
    #expect(isFound(Self.wholeGeneral, 0.888, 1) && !isFound(Self.wholeGeneral, 0.89, 1))
  }

  @Test func saturatedRedFlashesSooner() {
    for rule in [Self.red, Self.wholeRed] {
      // (R − G − B) · 320 has to change by more than 20.
      #expect(!isFound(rule, (0, 0, 0), (0.0625, 0, 0)))
      #expect(isFound(rule, (0, 0, 0), (0.063, 0, 0)))
      // R / (R + G + B) of 0.8 is saturated; less is not.
      #expect(isFound(rule, (0, 0, 0), (0.5, 0.125, 0)))
      #expect(!isFound(rule, (0, 0, 0), (0.5, 0.126, 0)))
      #expect(isFound(rule, (0.5, 0.5, 0.5), (0.5, 0, 0)), "one of the states is enough")
      #expect(!isFound(rule, (0, 0, 0), (0, 1, 0)))
    }
    #expect(!isFound(Self.general, (0, 0, 0), (0.4, 0, 0)), "it is less than a tenth of the luminance of white")
  }

  @Test func slopesAreFlashesToo() {
    /// A sine of so many hertz.
    func found(_ frequency: Double) -> Bool {
      !sequences(Self.general, frames: 72) { frame, _, _ in
        gray(Float(0.5 + 0.4 * ScalarMath.sin(2 * .pi * frequency * Double(frame) / 24)))
      }.isEmpty
    }
    #expect(found(4) && !found(2.6))
  }

  // MARK: How large

  /// Whether `count` cells of the first field of a third by a third flash enough.
  private func isFound(_ rule: FlashRule, cells count: Int, ofRow side: Int) -> Bool {
    !sequences(rule, frames: 48) { frame, x, y in
      gray(x < side && y * side + x < count ? Float(frame / 3 % 2) : 0)
    }.isEmpty
  }

  @Test func aQuarterOfAFieldIsAllowed() {
    // 8 × 6 cells are a third of each side.
    #expect(!isFound(Self.general, cells: 12, ofRow: 8))
    #expect(isFound(Self.general, cells: 13, ofRow: 8))
    // 24 × 18 cells are the picture.
    #expect(!isFound(Self.wholeGeneral, cells: 108, ofRow: 24))
    #expect(isFound(Self.wholeGeneral, cells: 109, ofRow: 24))
  }

  @Test func aFieldIsFoundWhereItLies() throws {
    let found = sequences(Self.general, frames: 48) { frame, x, y in
      gray((16..<24).contains(x) && (12..<18).contains(y) ? Float(frame / 3 % 2) : 0)
    }
    let worst = try #require(found.first)
    #expect(found.count == 1 && worst.area == 1 && worst.x.upperBound == 1 && worst.y.upperBound == 1)
    #expect(
      sequences(Self.wholeGeneral, frames: 48) { frame, x, y in
        gray((16..<24).contains(x) && (12..<18).contains(y) ? Float(frame / 3 % 2) : 0)
      }.isEmpty)
  }

  @Test func halvesThatSwingAgainstEachOtherFlash() {
    let found = sequences(Self.wholeGeneral, frames: 48) { frame, x, _ in
      gray(Float((frame / 3 + (x < 12 ? 0 : 1)) % 2))
    }
    #expect(found.count == 1 && found.first?.area == 0.5)
    // Eight changes of the whole in a second, and no more.
    #expect(found.first?.flashes == 4)
  }

  @Test func aFinePatternInBalanceIsNoFlash() {
    let (width, height) = (320, 180)
    var field = LightField(pictureWidth: width, pictureHeight: height)
    var detector = FlashDetector(Self.general, width: field.width, height: field.height, fps: FrameRate(24))
    for frame in 0..<48 {
      var pixels = [UInt8](repeating: 0, count: 3 * width * height)
      for place in 0..<width * height where (place % width + place / width + frame) % 2 == 0 {
        for channel in 0..<3 { pixels[3 * place + channel] = 255 }
      }
      pixels.withUnsafeBufferPointer { field.take($0, pictureWidth: width, pictureHeight: height) }
      detector.take(field)
    }
    #expect((field.width, field.height) == (160, 90))
    #expect(detector.sequences.isEmpty)
  }
}
