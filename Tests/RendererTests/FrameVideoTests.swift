import KernelTable
import Testing

@testable import Renderer

/// Y', Cb and Cr of BT.709 in limited range, from full-range levels 0…255.
private func converted(_ red: Double, _ green: Double, _ blue: Double) -> [Double] {
  let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return [
    16 + luma * 219 / 255, 128 + (blue - luma) / 1.8556 * 224 / 255, 128 + (red - luma) / 1.5748 * 224 / 255,
  ]
}

@Test func videoRowsAreWithinOneLevelOfBT709() {
  let (width, height) = (130, 38)
  let source = Picture.noise(width: width, height: height, seed: 5)
  let results = pixelKernelLevels.map { level in
    let rows = VideoRows(width: width, height: height, kernels: level.pixel)
    var out = [UInt8](repeating: 0, count: VideoRows.byteCount(width: width, height: height))
    for y in 0..<height { rows.write(row: y, source.pixelRow(y), into: &out) }
    return out
  }
  #expect(Set(results).count == 1)
  let planes = (0..<3).map(source.plane)
  let out = results[0]
  for y in 0..<height {
    for x in 0..<width {
      let exact = converted(planes[0][y][x], planes[1][y][x], planes[2][y][x])
      #expect(abs(Double(out[y * width + x]) - exact[0]) <= 1)
    }
  }
  for y in 0..<(height / 2) {
    for x in 0..<(width / 2) {
      let mean = planes.map {
        ($0[2 * y][2 * x] + $0[2 * y][2 * x + 1] + $0[2 * y + 1][2 * x] + $0[2 * y + 1][2 * x + 1]) / 4
      }
      let exact = converted(mean[0], mean[1], mean[2])
      let index = width * height + y * (width / 2) + x
      #expect(abs(Double(out[index]) - exact[1]) <= 0.6)
      #expect(abs(Double(out[index + width * height / 4]) - exact[2]) <= 0.6)
    }
  }
}

@Test func greysHaveNoChromaAndTheEndsAreExact() {
  let picture = Picture(width: 256, height: 2)
  for plane in 0..<3 { for y in 0..<2 { for x in 0..<256 { picture.row(y, plane: plane)[x] = UInt8(x) } } }
  let rows = VideoRows(width: 256, height: 2, kernels: baselinePixels)
  var out = [UInt8](repeating: 0, count: 256 * 3)
  for y in 0..<2 { rows.write(row: y, picture.pixelRow(y), into: &out) }
  #expect(out[0] == 16 && out[255] == 235)
  #expect(out[512...].allSatisfy { $0 == 128 })
}
