import KernelTable
import SceneLang
import Testing

@testable import Renderer

private let width = 131
private let height = 75

/// Draws random cells in two layers.
private func layers(kernels: any PixelKernels.Type) -> LayerStack {
  let elements = [(7, 9, BlendMode.normal), (5, 6, .screen)].enumerated().map { index, item -> LayerStack.Element in
    let (cellWidth, cellHeight, blend) = item
    let geometry = toyGeometry(
      columns: width / cellWidth, rows: height / cellHeight, cellWidth: cellWidth, cellHeight: cellHeight,
      width: width, height: height)
    let cells = CellGrid(columns: geometry.columns, rows: geometry.rows)
    var numbers = TestNumbers(UInt64(index))
    for row in 0..<cells.rows {
      for column in 0..<cells.columns {
        cells.glyphs(row)[column] = UInt16.random(in: 0..<6, using: &numbers)
        for channel in 0..<3 { cells.color(row)[channel][column] = UInt8.random(in: 0...255, using: &numbers) }
      }
      cells.summaries[row].hasGlyphs = true
    }
    let compositor = LayerCompositor(
      grid: cells, atlas: toyAtlas(cellWidth: cellWidth, cellHeight: cellHeight, glyphs: 6), geometry: geometry,
      blend: blend, width: width, kernels: kernels)
    return .init(name: "\(index)", drawer: compositor, backdrop: nil)
  }
  return LayerStack(elements, ShaderSetting(width: width, height: height, seed: 0, kernels: kernels))
}

/// Node n has the value `numbers[n]`.
private func render(
  _ stages: [ShaderStage], numbers: [Double], tone: Tone.Exposure = .none, isMeasured: Bool = true,
  bandHeight: Int = 64, kernels: KernelSet = KernelSet(.baseline)
) -> Picture {
  let setting = ShaderSetting(width: width, height: height, seed: 0, kernels: kernels.pixel)
  let exposure = tone == .frame ? FrameExposure(Tone(exposure: .segment, gamma: 0.75), setting) : nil
  let (stack, pair) = (layers(kernels: kernels.pixel), RowPairBuffer(width: width))
  if isMeasured { exposure?.measure(frame: 5) { stack.draw(row: $0, with: pair.pair, clock: nil) } }
  let shaders = stages.map { $0.step(in: .empty, simulations: nil, kernels: kernels, setting) }
  let chain = ShaderChain(tone: exposure, shaders: shaders, bandHeight: bandHeight, setting)
  let picture = Picture(width: width, height: height)
  chain.run(.test(5), value: { numbers[$0.index] }, layers: stack, clock: nil) { y, row in
    picture.pixelRow(y).copy(from: row, count: width)
  }
  return picture
}

private func call(_ op: String, _ nodes: Int..., when: Int? = nil, mix: Int? = nil) -> ShaderCall {
  ShaderCall(
    op: op, arguments: nodes.map { .number(NodeID($0)) }, when: when.map { NodeID($0) }, mix: mix.map { NodeID($0) },
    seed: 9)
}

private func bloomCall(_ radius: String) -> ShaderCall {
  ShaderCall(op: "bloom", arguments: [.number(NodeID(0)), .number(NodeID(1)), .choice(radius)], seed: 3)
}

/// One of everything: 0 threshold, 1 strength, 2 vignette, 3 amount, 4 gamma, 5 half, 6 zero.
private let numbers = [0.3, 0.4, 0.5, 0.03, 1.4, 0.5, 0]
private let everything: [ShaderStage] = [
  .call(call("saturation", 4)), .call(bloomCall("wide")), .call(call("vignette", 2)),
  .tables([call("gamma", 4), call("contrast", 4)]), .call(bloomCall("small")), .call(call("chromatic", 3)),
  .call(call("grain", 3)),
]

@Test func theCutIntoBandsChangesNothing() {
  let whole = render(everything, numbers: numbers, tone: .frame, bandHeight: 76).hash
  for bandHeight in [2, 8, 30] {
    for isMeasured in [true, false] {
      let picture = render(everything, numbers: numbers, tone: .frame, isMeasured: isMeasured, bandHeight: bandHeight)
      #expect(picture.hash == whole, "\(bandHeight)")
    }
  }
}

@Test func aWholeChainHasTheSameBitsOnEveryInstructionSet() {
  let hashes = pixelKernelLevels.map { render(everything, numbers: numbers, tone: .frame, kernels: $0).hash }
  #expect(Set(hashes).count == 1)
}

@Test func composedTablesAreTheCallsOneAfterTheOther() {
  let calls = [call("gamma", 4), call("posterize", 7, mix: 5), call("contrast", 4, when: 6), call("invert")]
  let values = numbers + [6]
  let composed = render([.tables(calls)], numbers: values)
  #expect(composed.hash == render(calls.map { .call($0) }, numbers: values).hash)
  #expect(composed.hash != render([], numbers: values).hash)
}

@Test func whenZeroSkipsAShader() {
  let plain = render([], numbers: numbers).hash
  for stage in [call("vignette", 2, when: 6), call("gamma", 4, when: 6), call("vignette", 2, mix: 6)] {
    #expect(render([.call(stage)], numbers: numbers).hash == plain)
  }
  let bloom = ShaderCall(op: "bloom", arguments: bloomCall("wide").arguments, when: NodeID(6), seed: 3)
  #expect(render([.call(bloom)], numbers: numbers).hash == plain)
  #expect(render([.call(call("vignette", 2, when: 5))], numbers: numbers).hash != plain)
}

@Test func mixWeighsTheShadedAgainstTheUnshaded() {
  let plain = render([], numbers: numbers)
  for op in ["vignette", "gamma"] {
    let full = render([.call(call(op, 4))], numbers: numbers)
    let half = render([.call(call(op, 4, mix: 5))], numbers: numbers)
    for y in stride(from: 0, to: height, by: 5) {
      for x in 0..<width {
        let exact = Double(plain[x, y].green) + (Double(full[x, y].green) - Double(plain[x, y].green)) * 128 / 255
        #expect(abs(Double(half[x, y].green) - exact) <= 0.501)
      }
    }
  }
}

@Test func aShaderAfterTheGlowSeesTheGlow() {
  let glow = render([.call(bloomCall("wide"))], numbers: numbers)
  let inverted = render([.call(bloomCall("wide")), .tables([call("invert")])], numbers: numbers)
  for plane in 0..<3 {
    #expect(zip(glow.plane(plane).joined(), inverted.plane(plane).joined()).allSatisfy { $0 + $1 == 255 })
  }
}

@Test func theHashReadsPixelsAndNotPadding() {
  let (a, b) = (Picture.noise(width: 70, height: 5, seed: 1), Picture.noise(width: 70, height: 5, seed: 1))
  b.row(3, plane: 1)[75] = 99
  #expect(a.hash == b.hash && a.hash.count == 32)
  b.row(3, plane: 1)[69] ^= 1
  #expect(a.hash != b.hash)
}
