import SceneLang

/// How well the letters of a scene's texts stand out from what is behind them, by WCAG 2.2's contrast ratio (1.4.3).
///
/// A frame is rendered with the text's layer and without it: where it differs most are the letters, and what the frame
/// shows around them within the text's box is what they are read against. The blurred edges between are neither.
public struct TextContrast: Sendable, Hashable {
  /// The segment's place in the graph, and the layer's name.
  public var segment: Int
  public var layer: String
  /// 1…21: the best of the frames that were looked at, since texts come and go.
  public var ratio: Double
  /// What letters of this size need: 4.5, or 3 from 24 px on.
  public var needed: Double

  public var isReadable: Bool { ratio >= needed }

  /// Of every text that is seen at a quarter, half or three quarters of its segment.
  static func measure(
    _ graph: RenderGraph, segments: Range<Int>, kernels: KernelLevel
  ) throws(BuildFailure) -> [TextContrast] {
    var contrasts: [TextContrast] = []
    for index in segments {
      for (place, layer) in graph.segments[index].layers.enumerated() {
        guard case .text = layer.source else { continue }
        if let contrast = try measure(graph, segment: index, layer: place, kernels) { contrasts.append(contrast) }
      }
    }
    return contrasts
  }

  private static func measure(
    _ graph: RenderGraph, segment: Int, layer: Int, _ kernels: KernelLevel
  ) throws(BuildFailure) -> TextContrast? {
    var bare = graph
    let text = bare.segments[segment].layers.remove(at: layer)
    // The exposure is that of the whole segment, so that the two frames differ in nothing but the text.
    let exposures = SharedExposures()
    let renderers = [graph, bare].map { SceneRenderer(graph: $0, kernels: kernels, exposures: exposures) }
    let pictures = renderers.map { _ in Picture(width: graph.format.width, height: graph.format.height) }
    let frames = graph.segments[segment].frames
    var ratios: [Double] = []
    for quarter in 1...3 {
      let frame = frames.lowerBound + frames.count * quarter / 4
      for (renderer, picture) in zip(renderers, pictures) { try renderer.render(frame: frame, into: picture) }
      if let ratio = ratio(of: pictures[0], beside: pictures[1]) { ratios.append(ratio) }
    }
    guard let best = ratios.max() else { return nil }
    return TextContrast(
      segment: segment, layer: text.name, ratio: best, needed: text.grid.fontSize >= 24 ? 3 : 4.5)
  }

  /// Of a picture with letters and one without them; nil where they do not differ by 8 of 255 anywhere.
  static func ratio(of picture: Picture, beside bare: Picture) -> Double? {
    let (width, height) = (picture.width, picture.height)
    var change = [Float](repeating: 0, count: width * height)
    var strongest: Float = 0
    for y in 0..<height {
      let (rows, others) = (Self.rows(picture, y), Self.rows(bare, y))
      for x in 0..<width {
        var difference: Float = 0
        for channel in 0..<3 { difference += Float(rows[channel][x]) - Float(others[channel][x]) }
        change[y * width + x] = difference / 3
        if abs(difference / 3) > abs(strongest) { strongest = difference / 3 }
      }
    }
    guard abs(strongest) >= 8 else { return nil }
    return ratio(of: picture, change.map { $0 / strongest })
  }

  /// Mean luminance of the letters against that of what is around them within their box; `cover` is 1 in the letters.
  private static func ratio(of picture: Picture, _ cover: [Float]) -> Double? {
    let box = box(of: cover, width: picture.width)
    var (letters, around) = (Mean(), Mean())
    for y in box.y {
      let pixels = Self.rows(picture, y)
      for x in box.x {
        let luminance =
          0.2126 * linear[Int(pixels[0][x])] + 0.7152 * linear[Int(pixels[1][x])] + 0.0722 * linear[Int(pixels[2][x])]
        let cover = cover[y * picture.width + x]
        if cover > 0.5 { letters.add(luminance) } else if cover < 0.2 { around.add(luminance) }
      }
    }
    guard let one = letters.value, let other = around.value else { return nil }
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  /// Of the letters.
  private static func box(of cover: [Float], width: Int) -> (x: ClosedRange<Int>, y: ClosedRange<Int>) {
    let places = cover.indices.filter { cover[$0] > 0.5 }
    let columns = places.map { $0 % width }
    return (columns.min()!...columns.max()!, places.first! / width...places.last! / width)
  }

  private struct Mean {
    private var sum = 0.0
    private var count = 0

    mutating func add(_ value: Double) {
      sum += value
      count += 1
    }

    var value: Double? { count > 0 ? sum / Double(count) : nil }
  }

  private static func rows(_ picture: Picture, _ y: Int) -> [UnsafeMutablePointer<UInt8>] {
    (0..<3).map { picture.row(y, plane: $0) }
  }

  private static let linear: [Double] = (0...255).map { LinearRGB(RGB($0, $0, $0)).red }
}
