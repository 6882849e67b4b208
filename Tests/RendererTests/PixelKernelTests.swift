import KernelTable
import Testing

@testable import Renderer

/// Runs loops on the same input for every instruction set and compares the bytes. 203: neither whole vectors nor few.
private let count = 203

private struct Loop: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var run: @Sendable (any PixelKernels.Type, Inputs) -> [Double]

  init(_ name: String, _ run: @escaping @Sendable (any PixelKernels.Type, Inputs) -> [Double]) {
    testDescription = name
    self.run = run
  }

  static func bytes(
    _ name: String, _ run: @escaping @Sendable (any PixelKernels.Type, inout [UInt8], Inputs) -> Void
  ) -> Loop {
    Loop(name) { kernels, inputs in
      var out = [UInt8](repeating: 0, count: count)
      run(kernels, &out, inputs)
      return out.map(Double.init)
    }
  }

  static func words(
    _ name: String, _ run: @escaping @Sendable (any PixelKernels.Type, inout [UInt16], Inputs) -> Void
  ) -> Loop {
    Loop(name) { kernels, inputs in
      // Some loops write whole vectors.
      var out = [UInt16](repeating: 0, count: count + 32)
      run(kernels, &out, inputs)
      return out.prefix(count).map(Double.init)
    }
  }

  static func floats(
    _ name: String, _ run: @escaping @Sendable (any PixelKernels.Type, inout [Float], Inputs) -> Void
  ) -> Loop {
    Loop(name) { kernels, inputs in
      var out = [Float](repeating: 0, count: 4 * count + 32)
      run(kernels, &out, inputs)
      return out.map(Double.init)
    }
  }
}

private struct Inputs: Sendable {
  var a: [UInt8]
  var b: [UInt8]
  var c: [UInt8]
  var table: [UInt8]
  var words: [UInt16]
  var f: [Float]
  var g: [Float]
  var h: [Float]

  init() {
    var numbers = TestNumbers(7)
    let size = 4 * count + 64
    (a, b, c) = (numbers.bytes(size), numbers.bytes(size), numbers.bytes(size))
    table = numbers.bytes(768)
    words = (0..<size).map { _ in UInt16.random(in: 0...32768, using: &numbers) }
    (f, g) = (numbers.floats(size), numbers.floats(size))
    h = numbers.floats(size, in: -0.5...1.5)
  }
}

private let runs = [
  SampleRun(start: 0, end: 37, offset: -1, across: 0.3, down: 0.9),
  SampleRun(start: 37, end: 40, offset: .min, across: 0),
  SampleRun(start: 40, end: 90, offset: 7, across: 0.1, down: 0.5),
  SampleRun(start: 90, end: 203, offset: 90, across: 0),
]

private let loops: [Loop] = [
  .words("glyphs") { k, out, i in
    _ = k.glyphs(&out, value: i.h, jitter: i.g, ramp: (0..<1024).map { UInt16($0 / 20) }, count: count)
  },
  .bytes("gradientColors") { k, out, i in
    var (green, blue) = (out, out)
    k.gradientColors(&out, &green, &blue, at: i.h, brightness: i.f, table: i.table, count: count)
    out = zip(out, zip(green, blue)).map { $0 &+ $1.0 &* 3 &+ $1.1 &* 7 }
  },
  .bytes("hueColors") { k, out, i in
    var (green, blue) = (out, out)
    k.hueColors(&out, &green, &blue, hue: i.h, saturation: i.f, brightness: i.g, count: count)
    out = zip(out, zip(green, blue)).map { $0 &+ $1.0 &* 3 &+ $1.1 &* 7 }
  },
  .bytes("componentColors") { k, out, i in k.componentColors(&out, component: i.h, brightness: i.g, count: count) },
  .floats("washStrength") { k, out, i in k.washStrength(&out, wash: i.h, value: i.f, count: count) },
  .bytes("washColors") { k, out, i in
    _ = k.washColors(&out, color: i.a, strength: i.f, isOpaque: false, count: count)
  },
  .bytes("coverage") { k, out, i in _ = k.coverage(&out, mask: i.h, opacity: 0.7, count: count) },
  .bytes("multiply") { k, out, i in k.multiply(&out, i.a, i.b, count: count) },
  .bytes("interpolate") { k, out, i in k.interpolate(&out, from: i.a, to: i.b, alpha: i.c, count: count) },
  .bytes("interpolate constant") { k, out, i in k.interpolate(&out, from: i.a, to: i.b, constant: 91, count: count) },
  .bytes("lookup") { k, out, i in k.lookup(&out, i.a, table: i.table, count: count) },
  .bytes("maximum") { k, out, i in k.maximum(&out, i.a, i.b, i.c, count: count) },
  .bytes("minimum") { k, out, i in k.minimum(&out, i.a, i.b, i.c, count: count) },
  .bytes("amplify") { k, out, i in
    k.amplify(&out, i.a, gainLow: i.b, gainHigh: i.c.map { $0 & 127 }, count: count)
  },
  .bytes("attenuate") { k, out, i in k.attenuate(&out, i.a, gain: i.words, count: count) },
  .words("falloff") { k, out, i in k.falloff(&out, slope: i.words, start: 30000, floor: 5000, count: count) },
  .words("shade") { k, out, i in k.shade(&out, profile: i.words, depth: 24576, count: count) },
  .bytes("addNoise") { k, out, i in
    var noise = [Int16](repeating: 0, count: count + 3)
    k.noise(&noise, key: 99, amount: 9000, size: 3, count: count)
    k.addNoise(&out, i.a, noise: noise, count: count)
  },
  .bytes("saturate") { k, out, i in
    k.saturate(
      &out, i.a, high: zip(i.a, i.b).map { max($0, $1) }, low: zip(i.a, i.b).map { min($0, $1) }, factor: 1.7,
      count: count)
  },
  .bytes("threshold") { k, out, i in k.threshold(&out, i.a, i.b, i.c, limit: 380, count: count) },
  .words("addBrightLight") { k, out, i in k.addBrightLight(&out, i.a, weight: i.b, count: count) },
  .words("addAbove") { k, out, i in k.addAbove(&out, i.a, threshold: 130, count: count) },
  .floats("sumPairs") { k, out, i in k.sumPairs(&out, i.words, scale: 0.3, count: count) },
  .floats("scaleWords") { k, out, i in k.scaleWords(&out, i.words, scale: 0.3, count: count) },
  .words("averagePairs") { k, out, i in k.averagePairs(&out, i.words.map { $0 & 32767 }, count: count) },
  .floats("sumFours of floats") { k, out, i in k.sumFours(&out, i.h, scale: 0.3, count: count) },
  .floats("expandFours") { k, out, i in
    i.h.withUnsafeBufferPointer { k.expandFours(&out, $0.baseAddress! + 1, count: count) }
  },
  .floats("expandTwos") { k, out, i in
    i.h.withUnsafeBufferPointer { k.expandTwos(&out, $0.baseAddress! + 1, count: count) }
  },
  .floats("weightedSum") { k, out, i in
    i.f.withUnsafeBufferPointer { f in
      i.h.withUnsafeBufferPointer { h in
        k.weightedSum(&out, rows: [f.baseAddress!, h.baseAddress!], weights: [0.3, 1.7], taps: 2, count: count)
      }
    }
  },
  .bytes("addLight") { k, out, i in k.addLight(&out, i.a, i.f, 20000, i.g, 9000, count: count) },
  .words("tripleBox") { k, out, i in
    i.words.map { $0 & 2047 }.withUnsafeBufferPointer { words in
      k.tripleBox(&out, rows: (0..<7).map { words.baseAddress! + 31 * $0 }, scale: 9000, count: count)
    }
  },
  .words("mixEighths") { k, out, i in
    k.mixEighths(&out, i.words.map { $0 / 9 }, i.words.reversed().map { $0 / 9 }, eighths: 3, count: count)
  },
  .bytes("addGlow") { k, out, i in
    i.words.map { $0 / 9 }.withUnsafeBufferPointer { k.addGlow(&out, i.a, glow: $0.baseAddress! + 1, count: count) }
  },
  .words("mixRows") { k, out, i in
    i.words.withUnsafeBufferPointer {
      k.mixRows(&out, $0.baseAddress!, $0.baseAddress! + 41, share: 20000, count: count)
    }
  },
  .words("resample a row") { k, out, i in
    i.words.withUnsafeBufferPointer {
      k.resample(&out, $0.baseAddress! + 1, shares: i.words.reversed(), runs: runs, runCount: runs.count)
    }
  },
  .words("resample a plane") { k, out, i in
    i.words.withUnsafeBufferPointer {
      k.resample(
        &out, $0.baseAddress! + 1, stride: 211, runs: runs, runCount: runs.count, across: 0.013, down: -0.004)
    }
  },
  .words("mirror") { k, out, i in k.mirror(&out, i.words, count: count) },
  .words("rotateHue of words") { k, out, i in
    out = i.words.map { $0 &* 2 }
    var (green, blue) = (i.words.reversed() as [UInt16], i.words.map { $0 ^ 12345 })
    out.withUnsafeMutableBufferPointer { out in
      green.withUnsafeMutableBufferPointer { green in
        blue.withUnsafeMutableBufferPointer { blue in
          let colors = MutableColorWords(red: out.baseAddress!, green: green.baseAddress!, blue: blue.baseAddress!)
          k.rotateHue(colors, sixths: 1.3, count: 192)
        }
      }
    }
    out = zip(out, zip(green, blue)).map { $0 &+ $1.0 &* 3 &+ $1.1 &* 7 }
  },
  .floats("shares") { k, out, i in k.shares(&out, i.a, count: count) },
  .bytes("levels") { k, out, i in k.levels(&out, i.h, count: count) },
  .bytes("unpremultiply") { k, out, i in k.unpremultiply(&out, i.a, alpha: i.b, count: count) },
  .bytes("luma") { k, out, i in k.luma(&out, i.a, i.b, i.c, count: count) },
  .words("sumSquares") { k, out, i in k.sumSquares(&out, i.a, i.b, count: count) },
  .bytes("chroma") { k, out, i in
    var v = out
    k.chroma(
      &out, &v, red: i.words.map { $0 % 1021 }, green: i.words.reversed().map { $0 % 1021 },
      blue: i.words.map { $0 / 33 }, count: count)
    out = zip(out, v).map { $0 &+ $1 &* 3 }
  },
]

@Test(arguments: loops)
private func everyInstructionSetGivesTheSameBits(_ loop: Loop) {
  let inputs = Inputs()
  let expected = loop.run(baselinePixels, inputs)
  #expect(Set(expected).count > 1, "the loop wrote something")
  for level in pixelKernelLevels { #expect(loop.run(level.pixel, inputs) == expected, "\(level.level)") }
}

@Test func lookupReadsEveryEntryOfTheTable() {
  var numbers = TestNumbers(3)
  let table = numbers.bytes(256)
  let source = (0..<256).map { UInt8($0) }.shuffled(using: &numbers)
  for level in pixelKernelLevels {
    var out = [UInt8](repeating: 0, count: 256)
    level.pixel.lookup(&out, source, table: table, count: 256)
    #expect(out == source.map { table[Int($0)] }, "\(level.level)")
  }
}

@Test func anEntireHistogramIsCounted() {
  var numbers = TestNumbers(5)
  let source = numbers.bytes(1001)
  var bins = [UInt32](repeating: 0, count: 1024)
  baselinePixels.histogram(&bins, source, step: 4, count: 1001)
  for value in 0..<256 {
    let expected = stride(from: 0, to: 1001, by: 4).count { source[$0] == value }
    #expect((0..<4).reduce(0) { $0 + Int(bins[$1 * 256 + value]) } == expected)
  }
}

@Test func noiseIsEvenAndWithinItsAmplitude() {
  var noise = [Int16](repeating: 0, count: 40_000)
  baselinePixels.noise(&noise, key: 12345, amount: 10 * 256, size: 2, count: 40_000)
  #expect(noise.max() == 10 && noise.min() == -10)
  #expect(abs(noise.reduce(0) { $0 + Double($1) } / 40_000) < 0.2)
  #expect(stride(from: 0, to: 40_000, by: 2).allSatisfy { noise[$0] == noise[$0 + 1] })
}
