import KernelTable
import SceneLang
import Testing

@testable import Renderer

@Test(arguments: Shaders.all.map(\.declaration.name))
func everyShaderGivesTheSameBitsOnEveryInstructionSetAndAtOddSizes(_ name: String) {
  for place in [0, 0.3, 1] {
    let values = arguments(of: Shaders.op(name), at: place)
    for (width, height) in shaderSizes + [(320, 181)] {
      let source = Picture.noise(width: width, height: height, seed: 3)
      let results = pixelKernelLevels.map { shaded(source, name, values, kernels: $0.pixel).hash }
      #expect(Set(results).count == 1, "\(width) × \(height), at \(place) of the ranges")
    }
  }
}

@Test(arguments: Shaders.all.map(\.declaration.name))
func aShaderDependsOnNoFrameBeforeUnlessItSaysSo(_ name: String) {
  guard case .row(let make) = Shaders.op(name).implementation else { return }
  let source = Picture.noise(width: 97, height: 61, seed: 8)
  let setting = ShaderSetting(width: 97, height: 61, seed: 1, kernels: baselinePixels)
  let shader = make(setting)
  var hashes: [String] = []
  // One instance: at 0.4 of the ranges, at 0.6, and at 0.4 again.
  for (frame, place) in [(5, 0.4), (6, 0.6), (5, 0.4)] {
    let out = Picture(width: 97, height: 61)
    let values = ShaderArguments(values: arguments(of: Shaders.op(name), at: place))
    guard shader.begin(values, frame: frame) else { continue }
    let gatherer = shader as? any PictureGatherer
    gatherer?.gather(source)
    for y in (0..<61).reversed() { shader.shade(row: y, from: source.pixelRow(y), to: out.pixelRow(y)) }
    gatherer?.endShading()
    hashes.append(out.hash)
  }
  let values = arguments(of: Shaders.op(name), at: 0.4)
  let fresh = shaded(source, name, values, frame: 5).hash
  #expect(hashes.count < 3 || (hashes[0] == hashes[2] && hashes[0] == fresh))
  if Shaders.op(name).declaration.facts.variesByFrame {
    #expect(shaded(source, name, values, frame: 6).hash != fresh)
    #expect(shaded(source, name, values, frame: 5, seed: 2).hash != fresh)
  } else {
    #expect(shaded(source, name, values, frame: 6).hash == fresh)
  }
}

@Test(arguments: Shaders.all.map(\.declaration.name)) func aShaderTakesTheMemoryThatItDeclares(_ name: String) {
  let op = Shaders.op(name)
  guard case .row(let make) = op.implementation else { return }
  let setting = ShaderSetting(width: 97, height: 61, seed: 1, kernels: baselinePixels)
  let shader = make(setting)
  guard let gatherer = shader as? any PictureGatherer else {
    #expect(op.keeps == nil)
    return
  }
  // Once with each of its choices.
  let choices = op.declaration.parameters.map(\.choices.count).max() ?? 0
  var wasUsed = false
  // At places of their ranges at which none of them does nothing.
  for choice in 0..<max(choices, 1) {
    var values = arguments(of: op, at: 0.6)
    for (place, parameter) in op.declaration.parameters.enumerated() where !parameter.choices.isEmpty {
      values[place] = .choice(parameter.choices[choice % parameter.choices.count])
    }
    guard shader.begin(ShaderArguments(values: values), frame: 3) else { continue }
    gatherer.gather(Picture.noise(width: 97, height: 61, seed: 8))
    gatherer.endShading()
    wasUsed = true
  }
  let taken = op.keeps.map { ["\($0)": 1] } ?? [:]
  #expect(setting.scratch.made.isEmpty || setting.scratch.made == taken)
  #expect(wasUsed && (op.keeps == nil || !setting.scratch.made.isEmpty || baselinePixels.prefersPlanes))
}

@Test func theListOfShadersIsSortedAndDeclaresWhatItDoes() {
  let names = Shaders.all.map(\.declaration.name)
  #expect(names == names.sorted() && Set(names).count == names.count)
  for op in Shaders.all {
    #expect(op.declaration.summary.hasSuffix("."))
    #expect(op.declaration.parameters.allSatisfy { $0.doc.hasSuffix(".") && ($0.default != nil || $0.type == .lut) })
    if case .channelwise = op.implementation {
      #expect(op.declaration.facts.access == .channelwise)
    } else {
      #expect(op.declaration.facts.access != .channelwise)
    }
  }
}
