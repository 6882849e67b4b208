import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct ColorSpaceTests {
  @Test func coloursComeBackExactlyFromOKLab() {
    for red in stride(from: 0, through: 255, by: 17) {
      for green in stride(from: 0, through: 255, by: 17) {
        for blue in stride(from: 0, through: 255, by: 17) {
          let color = RGB(UInt8(red), UInt8(green), UInt8(blue))
          let lab = OKLab(LinearRGB(color))
          #expect(lab.linear.encoded == color && lab.displayed == color && OKLCh(lab).lab.displayed == color)
        }
      }
    }
  }

  @Test func referenceColoursHaveTheirPublishedCoordinates() {
    // CSS Color 4, sample conversions: red is oklch(0.62796 0.25768 29.234deg).
    let red = OKLCh(OKLab(LinearRGB(RGB(255, 0, 0))))
    #expect(abs(red.lightness - 0.62796) < 1e-4 && abs(red.chroma - 0.25768) < 1e-4)
    #expect(abs(red.hue * 360 - 29.234) < 1e-2)
  }

  @Test func whatTheScreenCannotShowKeepsItsHue() {
    let wanted = OKLCh(lightness: 0.7, chroma: 0.4, hue: 0.4)
    let shown = OKLCh(OKLab(LinearRGB(wanted.lab.displayed)))
    #expect(abs(shown.hue - wanted.hue) < 0.01 && abs(shown.lightness - wanted.lightness) < 0.01)
    #expect(shown.chroma < wanted.chroma && shown.chroma > 0.1)
  }
}
