import SceneLang
import Testing

@testable import Renderer

/// Shaders written in the scene language, against their formulas in Double.
struct PixelShaderTests {
  /// Runs a shader over a picture in frame 7. `shader` is the body of a definition called `own`.
  private func shaded(
    _ source: Picture, _ shader: String, use: String = "own", kernels: KernelSet = KernelSet(.baseline),
    passes: Bool = true
  ) throws -> Picture {
    let text = """
      ascii-scene: 1
      shaders: {own: {\(shader)}}
      segments: [{duration: 1s, layers: [field: plasma], look: [\(use)]}]
      """
    let compilation = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
    let scene = try #require(compilation.scene, "\(compilation.diagnostics.map(\.message))")
    let segment = (passes ? scene.renderGraph(using: .builtin) : lower(scene)).segments[0]
    let setting = ShaderSetting(width: source.width, height: source.height, seed: 0, kernels: kernels.pixel)
    let step = segment.shaders[0].step(in: segment, simulations: nil, kernels: kernels, setting)
    let values = FrameValues(
      segment: segment, roots: segment.shaders[0].calls.flatMap(\.nodes) + step.shares(segment),
      geometry: .test(columns: 4, rows: 3))
    values.update(.test(7))
    guard step.begin(.test(7), value: { values[$0] }) else { return source }
    let out = Picture(width: source.width, height: source.height)
    step.gatherer?.gather(source)
    for y in 0..<source.height { step.shade(row: y, from: source.pixelRow(y), to: out.pixelRow(y)) }
    step.gatherer?.endShading()
    return out
  }

  private func position(_ x: Int, _ y: Int, _ picture: Picture) -> (x: Double, y: Double) {
    let side = Double(min(picture.width, picture.height))
    return (
      (Double(x) + 0.5 - Double(picture.width) / 2) / side, (Double(y) + 0.5 - Double(picture.height) / 2) / side
    )
  }

  @Test(arguments: shaderSizes) func theColorItselfIsUnchanged(_ width: Int, _ height: Int) throws {
    let source = Picture.noise(width: width, height: height, seed: 1)
    #expect(try shaded(source, "color: color").hash == source.hash)
    #expect(try shaded(source, "color: \"rgb(r, g, b)\"").hash == source.hash)
    #expect(try shaded(source, "color: \"at(color, x=x, y=y)\"").hash == source.hash)
  }

  @Test(arguments: shaderSizes) func lumaIsThatOfBT709(_ width: Int, _ height: Int) throws {
    let source = Picture.noise(width: width, height: height, seed: 2)
    let levels = (0..<3).map { source.plane($0) }
    let worst = try shaded(source, "color: luma").worst { _, x, y in
      0.2126 * levels[0][y][x] + 0.7152 * levels[1][y][x] + 0.0722 * levels[2][y][x]
    }
    #expect(worst <= 0.501)
  }

  @Test(arguments: shaderSizes) func placesAreThoseOfTheScene(_ width: Int, _ height: Int) throws {
    let source = Picture.noise(width: width, height: height, seed: 3)
    let out = try shaded(source, "color: \"rgb(0.5 + x / 4, 0.5 + y / 4, dist / 2)\"")
    let worst = out.worst { plane, x, y in
      let place = position(x, y, source)
      let length = (place.x * place.x + place.y * place.y).squareRoot()
      return 255 * [0.5 + place.x / 4, 0.5 + place.y / 4, length / 2][plane]
    }
    #expect(worst <= 0.502)
  }

  @Test(arguments: shaderSizes) func neighboursAreSampledBilinearly(_ width: Int, _ height: Int) throws {
    let source = Picture.smooth(width: width, height: height)
    let out = try shaded(source, "color: \"at(color, x = 0.9 * x + 0.3 * y + 0.02, y = 0.8 * y - 0.013)\"")
    let planes = (0..<3).map { SampledPlane(source, $0) }
    let side = Double(min(width, height))
    let worst = out.worst { plane, x, y in
      let place = position(x, y, source)
      return planes[plane].at(
        (0.9 * place.x + 0.3 * place.y + 0.02) * side + Double(width - 1) / 2,
        (0.8 * place.y - 0.013) * side + Double(height - 1) / 2)
    }
    #expect(worst <= 1)
  }

  @Test(arguments: shaderSizes) func fieldsDisplaceThePicture(_ width: Int, _ height: Int) throws {
    let source = Picture.smooth(width: width, height: height)
    let out = try shaded(
      source, "color: color", use: "displacement_map: {dx: 0.5 + 0.4 * sin(9 * y), dy: 0.5 + 0.3 * x, strength: 0.1}")
    let planes = (0..<3).map { SampledPlane(source, $0) }
    let side = Double(min(width, height))
    let worst = out.worst { plane, x, y in
      let place = position(x, y, source)
      return planes[plane].at(
        Double(x) + 0.1 * side * 0.8 * ScalarMath.sin(9 * place.y), Double(y) + 0.1 * side * 0.6 * place.x)
    }
    #expect(worst <= 0.75)
    #expect(try shaded(source, "color: color", use: "displacement_map: {dx: 0.5, dy: 0.5}").hash == source.hash)
  }

  @Test func anArgumentReachesTheColor() throws {
    let source = Picture.noise(width: 40, height: 30, seed: 4)
    let body = "params: {by: 0.5, tint: {type: color, default: \"#ff8000\"}}, let: {dim: color * by}, color: dim * tint"
    let levels = (0..<3).map { source.plane($0) }
    let tint = [1, 128.0 / 255, 0]
    #expect(try shaded(source, body).worst { 0.5 * tint[$0] * levels[$0][$2][$1] } <= 0.501)
    let out = try shaded(source, body, use: "own: {by: 0.25, tint: \"#ffffff\"}")
    #expect(out.worst { 0.25 * levels[$0][$2][$1] } <= 0.501)
  }

  @Test func aShareMixesAndAConditionSwitches() throws {
    let source = Picture.noise(width: 40, height: 30, seed: 5)
    let levels = (0..<3).map { source.plane($0) }
    let mixed = try shaded(source, "color: 0 * luma", use: "{own: , mix: 0.4}")
    #expect(mixed.worst { 0.6 * levels[$0][$2][$1] } <= 0.502)
    #expect(try shaded(source, "color: 0 * luma", use: "{own: , when: p > 0.5}").hash == source.hash)
    #expect(try shaded(source, "color: 0 * luma", use: "{own: , when: p > 0.05}").hash != source.hash)
  }

  @Test func aLoopSumsSamples() throws {
    let source = Picture.smooth(width: 61, height: 47)
    let out = try shaded(source, "color: \"sum(k in 0..3, at(luma, x = x + (k - 1) * 4 / 47)) / 3\"")
    let levels = (0..<3).map { SampledPlane(source, $0) }
    let worst = out.worst { _, x, y in
      (-1...1).reduce(0) { sum, k in
        let place = Double(x + 4 * k)
        return sum
          + (0.2126 * levels[0].at(place, Double(y)) + 0.7152 * levels[1].at(place, Double(y))
            + 0.0722 * levels[2].at(place, Double(y))) / 3
      }
    }
    #expect(worst <= 1)
  }

  @Test func everyPixelHasARandomNumberOfItsOwn() throws {
    let source = Picture(width: 256, height: 128)
    let out = try shaded(source, "color: \"random(per=pixel)\"")
    let rows = (0..<128).map { Array(UnsafeBufferPointer(start: out.row($0, plane: 0), count: 256)) }
    #expect(Set(rows).count == 128)
    let mean = rows.joined().reduce(0) { $0 + Double($1) } / Double(256 * 128)
    // A standard deviation of the mean is 0.41.
    #expect(abs(mean - 127.5) < 2)
  }

  static let bodies = [
    "color: \"mix(color, at(color, x = x + 0.05 * sin(9 * y), y = y + 0.01), 0.5 + 0.5 * sin(t + 20 * dist))\"",
    "let: {k: \"at(luma, x = x - 0.1)\"}, color: \"if(k > 0.5, at(color, x = x + k / 9), color * random(per=pixel))\"",
  ]

  @Test(arguments: bodies) func kernelsAndPassesChangeNothing(_ body: String) throws {
    let source = Picture.noise(width: 193, height: 109, seed: 6)
    let expected = try shaded(source, body).hash
    for level in pixelKernelLevels { #expect(try shaded(source, body, kernels: level).hash == expected) }
    #expect(try shaded(source, body, passes: false).hash == expected)
    #expect(expected != source.hash)
  }
}

extension ChainStep {
  /// The nodes that a shader of the scene's own reads once a frame.
  fileprivate func shares(_ segment: SegmentGraph) -> [NodeID] {
    guard case .pixel(let shader) = segment.shaders[0] else { return [] }
    return [shader.when, shader.mix].compactMap { $0 }
  }
}
