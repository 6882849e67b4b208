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

  @Test func portableMathAgreesWithTheLibrary() {
    func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-14 * max(1, abs(b)) }
    for i in 1...2000 {
      let x = Double(i) / 157
      #expect(isClose(PortableMath.log(x), Foundation.log(x)))
      #expect(isClose(PortableMath.exp(x), Foundation.exp(x)) && isClose(PortableMath.exp(-x), Foundation.exp(-x)))
      #expect(isClose(PortableMath.cubeRoot(-x), -Foundation.cbrt(x)))
      let (cosine, sine) = PortableMath.cosineAndSine(turns: x - 6)
      #expect(abs(cosine - Foundation.cos(2 * .pi * (x - 6))) < 1e-13)
      #expect(abs(sine - Foundation.sin(2 * .pi * (x - 6))) < 1e-13)
      let angle = x / 13
      #expect(abs(PortableMath.turns(y: 3 * sin(2 * .pi * angle), x: 3 * cos(2 * .pi * angle)) - angle) < 1e-14)
    }
    #expect(PortableMath.power(0.3, 1) == 0.3 && PortableMath.power(0, 0.5) == 0)
    #expect(PortableMath.cubeRoot(0) == 0 && PortableMath.exp(0) == 1 && PortableMath.log(1) == 0)
    #expect(PortableMath.turns(y: -1e-300, x: 1) == 0 && PortableMath.turns(y: 0, x: -1) == 0.5)
  }
}
