/// The simplest picture file there is: `P6`, width, height, 255, then red, green and blue of each pixel (Netpbm's PPM).
enum PortablePixmap {
  static func encode(_ picture: Picture) -> [UInt8] {
    var bytes = Array("P6\n\(picture.width) \(picture.height)\n255\n".utf8)
    bytes.reserveCapacity(bytes.count + 3 * picture.width * picture.height)
    for y in 0..<picture.height {
      let rows = (0..<3).map { picture.row(y, plane: $0) }
      for x in 0..<picture.width { for row in rows { bytes.append(row[x]) } }
    }
    return bytes
  }

  /// Of a file as `encode` writes it; nil for another.
  static func decode(_ bytes: [UInt8]) -> Picture? {
    let lines = bytes.prefix(40).split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard lines.count == 4, lines[0] == "P6", lines[2] == "255" else { return nil }
    let sides = lines[1].split(separator: " ").compactMap { Int($0) }
    let start = lines[..<3].reduce(0) { $0 + $1.utf8.count + 1 }
    guard sides.count == 2, sides.allSatisfy({ (1...8192).contains($0) }),
      bytes.count == start + 3 * sides[0] * sides[1]
    else { return nil }
    let picture = Picture(width: sides[0], height: sides[1])
    for y in 0..<picture.height {
      for plane in 0..<3 {
        let row = picture.row(y, plane: plane)
        for x in 0..<picture.width { row[x] = bytes[start + 3 * (y * picture.width + x) + plane] }
      }
    }
    return picture
  }
}
