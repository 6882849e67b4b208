/// What is measured of every decoded frame.
struct FrameMeasure: Hashable, Sendable {
  /// Luma by the weights of BT.709, 0…255, over all pixels.
  var mean: Float
  /// Shares of the pixels that are black (no channel above 4), and white (none below 251): 0…1.
  var crushed: Float
  var blown: Float
  /// Mean difference of channels from the frame before, 0…255; 0 for the first.
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

  /// How far the last frame is from the first; 0 without frames.
  var seam: Float { first.withUnsafeBufferPointer { first.isEmpty ? 0 : Self.difference(last, $0) } }

  private static func difference(_ a: [UInt8], _ b: UnsafeBufferPointer<UInt8>) -> Float {
    precondition(a.count == b.count, "frames of different sizes")
    return a.withUnsafeBufferPointer { a in
      var sum = 0
      for place in a.indices { sum += Int(max(a[place], b[place]) - min(a[place], b[place])) }
      return Float(sum) / Float(a.count)
    }
  }
}
