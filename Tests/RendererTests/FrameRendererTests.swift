import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// A small scene: a field layer with a gradient, one with hues and a wash, and a text with a backdrop.
private struct Scene {
  var nodes: [Node] = []
  var format = PictureFormat(width: 192, height: 108, fps: FrameRate(24))

  mutating func add(_ kind: Node.Kind, _ rate: Rate) -> NodeID {
    nodes.append(Node(kind, rate: rate))
    return NodeID(nodes.count - 1)
  }

  mutating func number(_ value: Double) -> NodeID { add(.number(value), .constant) }

  mutating func segment(
    exposure: Tone.Exposure = .segment, text: String = "TEXT", textOpacity: Double = 1, shaders: Bool = true
  ) -> SegmentGraph {
    let (zero, one, half) = (number(0), number(1), number(0.5))
    let (u, v) = (add(.input(.u), .column), add(.input(.v), .row))
    let time = add(.input(.time), .frame)
    let turns = add(.binary(.multiply, u, number(9)), .column)
    let wave = add(.unary(.sin, add(.binary(.add, turns, time), .column)), .column)
    let field = add(.binary(.multiply, add(.unary(.abs, wave), .column), v), .cell)
    let value = add(.input(.value), .cell)
    let opacity = add(.binary(.minimum, one, add(.binary(.add, half, time), .frame)), .frame)
    let ramp = Palette(
      characters: Array(" .:+#@".unicodeScalars), match: .ink, order: .measured, gamma: 1, jitter: 0.1, stretch: 1)
    let gradient = Gradient(
      stops: [.init(position: 0, color: RGB(10, 0, 60)), .init(position: 1, color: RGB(255, 220, 160))], space: .oklab)
    func layer(_ name: String, _ source: Layer.Source, _ paint: Paint, wash: NodeID, blend: String) -> Layer {
      Layer(
        name: name, source: source, grid: Grid(fontSize: 60, face: .regular), palette: ramp, paint: paint, wash: wash,
        blend: blend, opacity: one, isOpaque: false, mask: nil, when: nil, hasBackdrop: false, seed: 5)
    }
    var layers = [
      layer(
        "ground", .field(field), Paint(base: .gradients([gradient], at: value), brightness: one), wash: half,
        blend: "normal"),
      layer(
        "waves", .field(wave), Paint(base: .hue(u, saturation: half), brightness: value), wash: zero, blend: "screen"),
      layer(
        "words", .text(TextBlock(text: text, alignment: .center, u: half, v: half, wrap: nil)),
        Paint(base: .rgb(one, one, half), brightness: one), wash: zero, blend: "normal"),
    ]
    layers[1].opacity = opacity
    layers[2].hasBackdrop = true
    layers[2].opacity = number(textOpacity)
    layers[2].grid = Grid(fontSize: 200, face: .bold)
    let amounts = (number(0.3), number(0.4), number(0.02))
    let chain: [ShaderStage] = [
      .call(ShaderCall(op: "bloom", arguments: [.number(amounts.0), .number(amounts.1), .choice("wide")], seed: 1)),
      .call(ShaderCall(op: "vignette", arguments: [.number(amounts.0)], seed: 2)),
      .call(ShaderCall(op: "grain", arguments: [.number(amounts.2)], seed: 3)),
    ]
    return SegmentGraph(
      name: "test", frames: 100..<172, nodes: nodes, layers: layers, tone: Tone(exposure: exposure, gamma: 0.75),
      shaders: shaders ? chain : [])
  }

  func context(_ frame: Int) -> FrameContext {
    FrameContext(
      frame: frame, time: format.fps.seconds(ofFrame: frame), timeline: format.fps.seconds(ofFrame: 100 + frame),
      progress: Double(frame) / 72, features: [Double](repeating: 0, count: Feature.allCases.count))
  }

  func renderer(
    _ segment: SegmentGraph, kernels: KernelSet = KernelSet(.best), bandHeight: Int = 64
  ) -> FrameRenderer {
    let assets = SegmentAssets(segment, format: format, faces: FaceLibrary())
    let renderer = FrameRenderer(
      format: format, segment: segment, assets: assets, kernels: kernels, bandHeight: bandHeight, frames: context)
    let frames = renderer.exposureFrames
    if !frames.isEmpty { renderer.exposure = renderer.measureExposure(frames.map(context)) }
    return renderer
  }

  func picture(_ renderer: FrameRenderer, _ frame: Int) -> Picture {
    let picture = Picture(width: format.width, height: format.height)
    renderer.picture(context(frame), into: picture)
    return picture
  }
}

@Test(arguments: [Tone.Exposure.segment, .frame, .none])
func aFrameIsTheSameOnEveryInstructionSetInAnyBandsAndAfterAnyFrame(_ exposure: Tone.Exposure) {
  var scene = Scene()
  let segment = scene.segment(exposure: exposure)
  let fresh = scene.picture(scene.renderer(segment, kernels: KernelSet(.baseline)), 30).hash
  for kernels in pixelKernelLevels {
    for bandHeight in [2, 10, 108] {
      let renderer = scene.renderer(segment, kernels: kernels, bandHeight: bandHeight)
      _ = scene.picture(renderer, 7)
      #expect(scene.picture(renderer, 30).hash == fresh, "\(kernels.level), bands of \(bandHeight)")
    }
  }
}

@Test(arguments: [Tone.Exposure.segment, .frame])
func aFrameWithFeedbackIsTheSameWhateverCameBefore(_ exposure: Tone.Exposure) {
  var scene = Scene()
  var segment = scene.segment(exposure: exposure)
  let (decay, amount, hue, opacity) = (scene.number(0.9), scene.number(0.02), scene.number(0.01), scene.number(0.5))
  segment.feedback = Feedback(
    decay: decay, motion: .zoom, amount: amount, hueShift: hue, blend: "screen", opacity: opacity)
  segment.nodes = scene.nodes
  let inOrder = scene.renderer(segment, kernels: KernelSet(.baseline))
  let hashes = (0..<8).map { scene.picture(inOrder, $0).hash }
  for kernels in pixelKernelLevels {
    let renderer = scene.renderer(segment, kernels: kernels, bandHeight: 10)
    for frame in [7, 7, 3, 5, 0] { #expect(scene.picture(renderer, frame).hash == hashes[frame], "\(frame)") }
  }
  segment.feedback = nil
  let without = scene.renderer(segment)
  #expect(scene.picture(without, 0).hash == hashes[0] && scene.picture(without, 7).hash != hashes[7])
}

@Test func framesDiffer() {
  var scene = Scene()
  let renderer = scene.renderer(scene.segment())
  #expect(Set((0..<4).map { scene.picture(renderer, $0).hash }).count == 4)
}

@Test func theVideoFrameIsThePictureConverted() {
  var scene = Scene()
  let renderer = scene.renderer(scene.segment())
  let picture = scene.picture(renderer, 12)
  let count = VideoRows.byteCount(width: 192, height: 108)
  var video = [UInt8](repeating: 0, count: count)
  renderer.video(scene.context(12), into: &video)
  let rows = VideoRows(width: 192, height: 108, kernels: baselinePixels)
  var expected = [UInt8](repeating: 0, count: count)
  for y in 0..<108 { rows.write(row: y, picture.pixelRow(y), into: &expected) }
  #expect(video == expected)
}

@Test func theTextStandsInTheMiddleOverItsShadow() {
  var scene = Scene()
  let with = scene.picture(scene.renderer(scene.segment(exposure: .none, shaders: false)), 12)
  var other = Scene()
  let without = other.picture(
    other.renderer(other.segment(exposure: .none, textOpacity: 0, shaders: false)), 12)
  var brightest = 0
  var darkened = 0
  for y in 44..<64 {
    for x in 60..<132 {
      brightest = max(brightest, Int(with[x, y].red))
      if with[x, y].red < without[x, y].red { darkened += 1 }
    }
  }
  #expect(brightest > 240)
  #expect(darkened > 100)
}

@Test func theExposureOfASegmentComesFromItsLayers() {
  var scene = Scene()
  let segment = scene.segment()
  let renderer = scene.renderer(segment)
  #expect(renderer.exposureFrames == Exposure.sampledFrames(count: 72, fps: FrameRate(24)))
  let exposure = renderer.measureExposure([scene.context(40)])
  var dim = Scene()
  var dimmed = dim.segment()
  dimmed.layers = dimmed.layers.dropLast(2).map { layer in
    var layer = layer
    layer.opacity = NodeID(2)
    return layer
  }
  // The ground alone at half opacity is darker than all layers.
  #expect(dim.renderer(dimmed).measureExposure([dim.context(40)]).white < exposure.white)
}

@Test func timingsNameEveryStage() {
  var scene = Scene()
  let renderer = scene.renderer(scene.segment())
  #expect(renderer.timings == nil)
  renderer.measuresTime = true
  _ = scene.picture(renderer, 3)
  let stages = renderer.timings!.stages
  #expect(
    stages.map(\.name) == [
      "cells ground", "layer ground", "cells waves", "layer waves", "cells words", "layer words", "exposure", "bloom",
      "vignette", "grain", "output",
    ])
  #expect(stages.allSatisfy { $0.nanoseconds > 0 })
}

@Test func textIsAlignedAtItsAnchor() {
  func columns(_ alignment: TextBlock.Alignment) -> [[Int]] {
    let text = TextPlacement(lines: [[1, 2, 3, 4], [5, 6]], alignment: alignment)
    let stand = text.stand(column: 10, row: 4.5, columns: 20, rows: 9)
    let cells = text.cells(stand, columns: 20, rows: 9)
    #expect(stand.down == -0.5 && stand.across == [0, 0])
    #expect(Set(cells.map(\.row)) == [4, 5])
    return [4, 5].map { row in cells.filter { $0.row == row }.map(\.column) }
  }
  #expect(columns(.left) == [[10, 11, 12, 13], [10, 11]])
  #expect(columns(.center) == [[8, 9, 10, 11], [9, 10]])
  #expect(columns(.right) == [[6, 7, 8, 9], [8, 9]])
  let four = TextPlacement(lines: [[1, 2, 3, 4]], alignment: .left)
  let partly = four.cells(four.stand(column: -2, row: 0.5, columns: 20, rows: 9), columns: 20, rows: 9)
  #expect(partly.map(\.column) == [0, 1] && partly.map(\.glyph) == [3, 4])
  // What is less than a cell outside is drawn beside its cells.
  let beside = four.stand(column: -0.75, row: 8.75, columns: 20, rows: 9)
  #expect(beside.lefts == [0] && beside.across == [-0.75] && beside.top == 8 && beside.down == 0.25)
  let right = four.stand(column: 16.75, row: 0.25, columns: 20, rows: 9)
  #expect(right.lefts == [16] && right.across == [0.75] && right.top == 0 && right.down == -0.25)
}
