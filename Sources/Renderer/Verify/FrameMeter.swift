/// What is measured of every decoded frame.
struct FrameMeasure: Hashable, Sendable {
  /// Luma by the weights of BT.709, 0…255, over all pixels.
  var mean: Float
  /// Shares of the pixels that are black (no channel above 4), and white (none below 251): 0…1.
  var crushed: Float
  var blown: Float
  /// From the frame before, as `FrameMeter.seam`; 0 for the first.
  var difference: Float
}

/// Measures frames of one size, one after another. Holds the first and the last of them.
struct FrameMeter {
  private(set) var measures: [FrameMeasure] = []
  private var first: [UInt8] = []
  private var last: [UInt8] = []

  /// Takes the next frame: red, green and blue beside each other.
  mutating func take(_ pixels: UnsafeBufferPointer<UInt8>) {
    var (red, green, blue, crushed, blown) = (0, 0, 0, 0, 0)
    for place in stride(from: 0, to: pixels.count, by: 3) {
      let (r, g, b) = (pixels[place], pixels[place + 1], pixels[place + 2])
      red += Int(r)
      green += Int(g)
      blue += Int(b)
      if max(r, g, b) <= 4 { crushed += 1 }
      if min(r, g, b) >= 251 { blown += 1 }
    }
    let area = Float(pixels.count / 3)
    let luma = 0.2126 * Float(red) + 0.7152 * Float(green) + 0.0722 * Float(blue)
    measures.append(
      FrameMeasure(
        mean: luma / area, crushed: Float(crushed) / area, blown: Float(blown) / area,
        difference: last.isEmpty ? 0 : Self.difference(last, pixels)))
    if first.isEmpty { first = Array(pixels) }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: pixels)
  }

  /// How far the last frame is from the first: the mean difference of the channels that are lit in one of them, 0…255, so that a
  /// word on black counts as much as a full picture. 0 without frames.
  var seam: Float { first.withUnsafeBufferPointer { first.isEmpty ? 0 : Self.difference(last, $0) } }

  /// A channel is lit above this level: what an encoder leaves of black is below.
  private static let litLevel: UInt8 = 16
  /// Channels that are taken to be lit at least: a glint of some pixels is none of what is seen.
  private static let fewest = 300

  private static func difference(_ a: [UInt8], _ b: UnsafeBufferPointer<UInt8>) -> Float {
    precondition(a.count == b.count, "frames of different sizes")
    return a.withUnsafeBufferPointer { a in
      var (sum, count) = (0, 0)
      for place in a.indices {
        let (high, low) = (max(a[place], b[place]), min(a[place], b[place]))
        guard high > litLevel else { continue }
        sum += Int(high - low)
        count += 1
      }
      return Float(sum) / Float(max(count, fewest))
    }
  }
}
