import KernelTable
import SceneLang
import Testing

@testable import Renderer

@Suite struct ShaderGlitchTests {
  private let source = Picture.noise(width: 193, height: 109, seed: 12)

  @Test func bandsAreRowsThatWrapRound() {
    let values: [ShaderArguments.Value] = [.number(5), .number(8.0 / 109), .number(20.0 / 109)]
    let out = shaded(source, "glitch_bands", values)
    var moved = 0
    for y in 0..<109 {
      // The shift by which red fits must fit the other channels, too.
      let rows = (0..<3).map { plane in (0..<193).map { source.row(y, plane: plane)[$0] } }
      let results = (0..<3).map { plane in (0..<193).map { out.row(y, plane: plane)[$0] } }
      let shift = (-100...100).first { shift in
        (0..<3).allSatisfy { plane in
          (0..<193).allSatisfy { results[plane][($0 + shift + 193) % 193] == rows[plane][$0] }
        }
      }
      #expect(shift != nil, "row \(y)")
      if shift != 0 { moved += 1 }
    }
    #expect((5...40).contains(moved))
    for values in [[0.9, 0.1, 0.1], [5, 0.1, 0]] {
      #expect(shaded(source, "glitch_bands", values.map { .number($0) }).hash == source.hash)
    }
  }

  @Test func blocksAreCopiesOfThePicture() {
    let out = shaded(source, "block_glitch", [.number(6), .number(40.0 / 109)])
    var changed: [(x: Int, y: Int)] = []
    for y in 0..<109 { for x in 0..<193 where out[x, y] != source[x, y] { changed.append((x, y)) } }
    #expect(changed.count > 20 && changed.count <= 6 * 40 * 20)
    // Every pair of neighbours within a block is a pair of neighbours of the source.
    var pairs: Set<[UInt8]> = []
    for y in 0..<109 { for x in 0..<192 { pairs.insert(pair(source, x, y)) } }
    let isCopied = changed.count { $0.x < 192 && pairs.contains(pair(out, $0.x, $0.y)) }
    #expect(isCopied > changed.count * 3 / 4)
    #expect(shaded(source, "block_glitch", [.number(0), .number(0.3)]).hash == source.hash)
  }

  private func pair(_ picture: Picture, _ x: Int, _ y: Int) -> [UInt8] {
    let (a, b) = (picture[x, y], picture[x + 1, y])
    return [a.red, a.green, a.blue, b.red, b.green, b.blue]
  }

  @Test func dataIsCopiedInReadingOrder() {
    for (width, height) in shaderSizes {
      let source = Picture.noise(width: width, height: height, seed: 1)
      let total = width * height
      for (offset, chunk, count) in [(0.1, 0.05, 1), (0.93, 0.02, 7), (0, 1, 3), (1, 0.3, 2)] {
        let (first, length) = (Int(offset * Double(total) + 0.5), Int(chunk * Double(total) + 0.5))
        let flat = (0..<3).map { source.plane($0).flatMap { $0 } }
        var bent = flat
        for run in 0..<count {
          let start = (first + run * total / count) % total
          for i in 0..<length where start + 3 * length + i < total {
            for plane in 0..<3 { bent[plane][start + 3 * length + i] = flat[plane][start + i] }
          }
        }
        let out = shaded(source, "data_bend", [.number(offset), .number(chunk), .number(Double(count))])
        #expect(out.worst { bent[$0][$2 * width + $1] } == 0, "\(width) × \(height) from \(offset)")
      }
    }
  }

  /// A line of pixels with its bright runs sorted.
  private func sorted(_ line: [[Double]], above threshold: Double) -> [[Double]] {
    func luma(_ c: [Double]) -> Double { ((54 * c[0] + 183 * c[1] + 19 * c[2] + 128) / 256).rounded(.down) }
    var (out, start) = (line, 0)
    while start < line.count {
      guard luma(line[start]) > threshold * 255 else {
        start += 1
        continue
      }
      let end = line[start...].firstIndex { luma($0) <= threshold * 255 } ?? line.count
      if end - start > 2 {
        let run = line[start..<end].enumerated().sorted {
          (luma($0.element), $0.offset) < (luma($1.element), $1.offset)
        }
        out.replaceSubrange(start..<end, with: run.map(\.element))
      }
      start = end
    }
    return out
  }

  @Test(arguments: [0, 0.1, 0.39, 0.7, 0.999])
  func runsAreSortedByLuma(_ threshold: Double) {
    for (width, height) in shaderSizes + [(70, 301)] {
      let source = Picture.noise(width: width, height: height, seed: 7)
      let planes = (0..<3).map(source.plane)
      func pixel(_ x: Int, _ y: Int) -> [Double] { planes.map { $0[y][x] } }
      let rows = (0..<height).map { y in sorted((0..<width).map { pixel($0, y) }, above: threshold) }
      let across = shaded(source, "pixel_sort", [.number(threshold), .choice("horizontal")])
      #expect(across.worst { rows[$2][$1][$0] } == 0)
      let columns = (0..<width).map { x in sorted((0..<height).map { pixel(x, $0) }, above: threshold) }
      let down = shaded(source, "pixel_sort", [.number(threshold), .choice("vertical")])
      #expect(down.worst { columns[$1][$2][$0] } == 0)
    }
  }

  @Test func longRunsAreSortedAsShortOnesAre() {
    // A falling ramp, brighter than the threshold all along, with equal neighbours of different hue.
    let ramp = Picture(width: 300, height: 2)
    for x in 0..<300 {
      let level = UInt8(255 - x / 2)
      for plane in 0..<3 { for y in 0..<2 { ramp.row(y, plane: plane)[x] = level } }
    }
    let out = shaded(ramp, "pixel_sort", [.number(0.1), .choice("horizontal")])
    #expect(out.worst { _, x, _ in Double(255 - (299 - x) / 2) } == 0)
  }

  @Test func staticReplacesAShareOfTheDots() {
    let grey = Picture(width: 400, height: 1080)
    for plane in 0..<3 { for y in 0..<1080 { grey.row(y, plane: plane).update(repeating: 128, count: 400) } }
    func share(_ out: Picture) -> Double {
      let changed = (0..<1080).reduce(0) { sum, y in sum + (0..<400).count { out[$0, y] != (128, 128, 128) } }
      return Double(changed) / 432_000
    }
    // The shorter side is 400: dots of one pixel.
    let colored = shaded(grey, "static", [.number(0.2), .number(1)])
    #expect(abs(share(colored) - 0.2) < 0.01)
    let plain = shaded(grey, "static", [.number(0.2), .number(0)])
    #expect(plain.plane(0) == plain.plane(1) && plain.plane(1) == plain.plane(2))
    #expect(colored.plane(0) != colored.plane(1))
    #expect(abs(plain.plane(0).joined().filter { $0 != 128 }.reduce(0, +) / (432_000 * share(plain)) - 127.5) < 2)
    #expect(share(shaded(grey, "static", [.number(1), .number(1)])) > 0.999)
    #expect(shaded(grey, "static", [.number(0), .number(1)]).hash == grey.hash)
  }
}
