import CZlib
import Testing

@testable import Renderer

@Suite struct PNGTests {
  /// A small reader of the files that `PNG` writes: checks every length and checksum and undoes the row filters.
  private func decode(_ file: [UInt8]) throws -> (width: Int, height: Int, channels: Int, levels: [UInt8]) {
    func number(_ at: Int) -> Int { file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    try #require(Array(file.prefix(8)) == [137, 80, 78, 71, 13, 10, 26, 10])
    var chunks: [String: ArraySlice<UInt8>] = [:]
    var position = 8
    while position < file.count {
      let count = number(position)
      let name = String(decoding: file[position + 4..<position + 8], as: UTF8.self)
      let body = Array(file[position + 4..<position + 8 + count])
      #expect(number(position + 8 + count) == Int(crc32(0, body, uInt(body.count))), "checksum of \(name)")
      chunks[name] = file[position + 8..<position + 8 + count]
      position += 12 + count
    }
    let header = try #require(chunks["IHDR"])
    let type = header[header.startIndex + 9]
    #expect(Array(header.suffix(5)) == [8, type, 0, 0, 0] && chunks["IEND"]?.isEmpty == true)
    let channels = try #require([2: 3, 6: 4][type])
    let (width, height) = (number(header.startIndex), number(header.startIndex + 4))

    let data = Array(try #require(chunks["IDAT"]))
    var raw = [UInt8](repeating: 0, count: height * (channels * width + 1))
    var size = uLong(raw.count)
    try #require(uncompress(&raw, &size, data, uLong(data.count)) == Z_OK && size == uLong(raw.count))
    var levels: [UInt8] = []
    for row in 0..<height {
      let bytes = raw[row * (channels * width + 1)..<(row + 1) * (channels * width + 1)]
      for (x, byte) in bytes.dropFirst().enumerated() {
        levels.append(bytes.first == 2 ? byte &+ levels[(row - 1) * channels * width + x] : byte)
      }
    }
    return (width, height, channels, levels)
  }

  @Test(arguments: [(1, 1, 1), (3, 2, 5), (64, 33, 64), (255, 4, 320)], [3, 4])
  func pixelsComeBackAsTheyWere(_ size: (width: Int, height: Int, stride: Int), _ channels: Int) throws {
    let (width, height, stride) = size
    // Rows of alpha lie further apart than those of the colors.
    let strides = [stride, stride, stride, stride + 3]
    let planes = (0..<channels).map { channel in
      (0..<strides[channel] * height).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> (5 + channel) ^ $0) }
    }
    let alpha = AlignedBuffer<UInt8>(count: strides[3] * height)
    defer { withExtendedLifetime(alpha) {} }
    if channels == 4 { for (index, level) in planes[3].enumerated() { alpha.base[index] = level } }
    let file = PNG.encode(
      width: width, height: height, red: planes[0], green: planes[1], blue: planes[2],
      stride: stride, alpha: channels == 4 ? (UnsafePointer(alpha.base), strides[3]) : nil)
    let picture = try decode(file)
    #expect(picture.width == width && picture.height == height && picture.channels == channels)
    var expected: [UInt8] = []
    for row in 0..<height {
      for x in 0..<width { expected += planes.indices.map { planes[$0][row * strides[$0] + x] } }
    }
    #expect(picture.levels == expected)
  }

  @Test func evenPicturesAreSmall() {
    let plane = [UInt8](repeating: 40, count: 1920 * 108)
    let file = PNG.encode(width: 1920, height: 108, red: plane, green: plane, blue: plane, stride: 1920)
    #expect(file.count < 10_000)
  }
}
