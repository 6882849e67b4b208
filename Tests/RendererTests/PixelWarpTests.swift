import KernelTable
import Testing

@testable import Renderer

/// Coordinates in 1/256 pixel for 64 pixels of a picture of 150 × 90, on it and up to one pixel beside it.
private struct Places: CustomTestStringConvertible, Sendable {
  static let (width, height, count) = (150, 90, 64)
  var testDescription: String
  var place: @Sendable (_ i: Int) -> (x: Double, y: Double)

  func coordinates() -> (x: [Int32], y: [Int32]) {
    let places = (0..<Self.count).map(place)
    func fixed(_ place: Double, _ size: Int) -> Int32 { Int32(min(max(place, -1), Double(size)) * 256) }
    return (places.map { fixed($0.x, Self.width) }, places.map { fixed($0.y, Self.height) })
  }
}

private let maps = [
  Places(testDescription: "close together") { (Double($0) * 1.13 + 40, 30.4 + Double($0) * 0.02) },
  Places(testDescription: "up and backwards") { (130 - Double($0) * 1.6, 60 - Double($0) * 0.31) },
  Places(testDescription: "a column") { (33.3, Double($0) * 1.3) },
  Places(testDescription: "over the edges") { (Double($0) * 9 - 200, 100 - Double($0) * 5) },
  Places(testDescription: "far apart") { (Double($0 * 71 % 149) + 0.71, Double($0 * 37 % 89) + 0.37) },
]

@Test(arguments: maps, KernelLevel.allCases.filter(\.isSupported))
private func samplesOfPlanesAreTheExactMeans(_ map: Places, _ level: KernelLevel) {
  let kernels = KernelSet(level).pixel
  let picture = Picture.noise(width: Places.width, height: Places.height, seed: 8)
  picture.clearBorder()
  let (x, y) = map.coordinates()
  let out = PixelRowBuffer(width: Places.count)
  kernels.samplePlanes(
    out.row.mutableBytes, picture.pixelRow(0).bytes, stride: picture.stride, x: x, y: y, count: Places.count)
  for channel in PixelRow.channels {
    let plane = picture.plane(channel)
    func level(_ x: Int, _ y: Int) -> Int {
      (0..<Places.width).contains(x) && (0..<Places.height).contains(y) ? Int(plane[y][x]) : 0
    }
    var single = [UInt8](repeating: 0, count: Places.count)
    kernels.samplePlane(
      &single, picture.row(0, plane: channel), stride: picture.stride, x: x, y: y, count: Places.count)
    for i in 0..<Places.count {
      let (column, row, fx, fy) = (Int(x[i] >> 8), Int(y[i] >> 8), Int(x[i] & 255), Int(y[i] & 255))
      let upper = level(column, row) * (256 - fx) + level(column + 1, row) * fx
      let lower = level(column, row + 1) * (256 - fx) + level(column + 1, row + 1) * fx
      let mean = (upper * (256 - fy) + lower * fy + 32768) >> 16
      #expect(Int(out.row[channel][i]) == mean && Int(single[i]) == mean, "channel \(channel), pixel \(i)")
    }
  }
}
