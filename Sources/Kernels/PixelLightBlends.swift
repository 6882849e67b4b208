import CVector
import KernelTable

// The separable blend modes that W3C Compositing keys on the source, and those of image editors; b is the level below, s
// the layer's. Levels are integers; what divides or takes roots does so in Float32 and rounds once.
extension PixelLoops {
  @inline(never) static func subtract(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count { out[i] = mixed(UInt16(b[i]), UInt16(b[i] > s[i] ? b[i] &- s[i] : 0), UInt16(a[i])) }
  }

  @inline(never) static func hardLight(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let (p, q) = (UInt16(b[i]), UInt16(s[i]))
      let isDark = q < 128
      let product = dividedBy255((isDark ? q : 255 &- q) &* 2 &* (isDark ? p : 255 &- p))
      out[i] = mixed(p, isDark ? product : 255 &- product, UInt16(a[i]))
    }
  }

  /// b + (2s − 1)·(b·(1 − b) below ½, else D(b) − b), D the root that W3C bends into a cubic near black.
  @inline(never) static func softLight(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let (x, turn) = (Float(b[i]) * (1 / 255), Float(s[i]) * (2 / 255) - 1)
      let cubic = ((16 * x - 12) * x + 4) * x
      let bent = x <= 0.25 ? cubic : cv_square_root(x)
      let change = turn <= 0 ? x * (1 - x) : bent - x
      out[i] = mixed(UInt16(b[i]), UInt16(level((x + turn * change) * 255)), UInt16(a[i]))
    }
  }

  @inline(never) static func colorDodge(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      out[i] = mixed(UInt16(b[i]), share(UInt16(b[i]), of: 255 &- UInt16(s[i])), UInt16(a[i]))
    }
  }

  @inline(never) static func colorBurn(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let p = UInt16(b[i])
      out[i] = mixed(p, 255 &- share(255 &- p, of: UInt16(s[i])), UInt16(a[i]))
    }
  }

  /// Burns with 2s below ½, dodges with 2s − 1 above.
  @inline(never) static func vividLight(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let (p, q) = (UInt16(b[i]), UInt16(s[i]))
      let isDark = q < 128
      let part = share(isDark ? 255 &- p : p, of: isDark ? 2 &* q : 510 &- 2 &* q)
      out[i] = mixed(p, isDark ? 255 &- part : part, UInt16(a[i]))
    }
  }

  @inline(never) static func linearLight(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let sum = UInt16(b[i]) &+ 2 &* UInt16(s[i])
      let positive = sum > 255 ? sum &- 255 : 0
      out[i] = mixed(UInt16(b[i]), positive < 255 ? positive : 255, UInt16(a[i]))
    }
  }

  @inline(never) static func pinLight(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let (p, double) = (UInt16(b[i]), 2 &* UInt16(s[i]))
      let least = double > 255 ? double &- 255 : 0
      let most = double < 255 ? double : 255
      let raised = p > least ? p : least
      out[i] = mixed(p, raised < most ? raised : most, UInt16(a[i]))
    }
  }

  @inline(never) static func hardMix(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      out[i] = mixed(UInt16(b[i]), UInt16(b[i]) &+ UInt16(s[i]) > 254 ? 255 : 0, UInt16(a[i]))
    }
  }

  @inline(never) static func grainExtract(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let sum = UInt16(b[i]) &+ 128
      let apart = sum > UInt16(s[i]) ? sum &- UInt16(s[i]) : 0
      out[i] = mixed(UInt16(b[i]), apart < 255 ? apart : 255, UInt16(a[i]))
    }
  }

  @inline(never) static func grainMerge(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    for i in 0..<count {
      let sum = UInt16(b[i]) &+ UInt16(s[i])
      let merged = sum > 127 ? sum &- 127 : 0
      out[i] = mixed(UInt16(b[i]), merged < 255 ? merged : 255, UInt16(a[i]))
    }
  }

  /// round(255 · part / whole), at most 255; 0 for a part of 0, else 255 for a whole of 0.
  @inline(__always) private static func share(_ part: UInt16, of whole: UInt16) -> UInt16 {
    let divisor = Float(whole)
    return UInt16(level(Float(part) * 255 / (divisor > 0.5 ? divisor : 0.5)))
  }
}
