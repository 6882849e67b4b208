/// Pixels of four bytes: red, green, blue, multiplied by the coverage, and the coverage. Rows without gaps.
struct PixelBlock: Sendable, Hashable {
  let width: Int
  let height: Int
  let bytes: [UInt8]

  /// Precondition: four bytes for each pixel.
  init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == 4 * width * height && width > 0 && height > 0, "\(width)x\(height) pixels are whole")
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// Reads a picture of the Portable Arbitrary Map format with four channels of 8 bits; nil for anything else.
  init?(pam bytes: [UInt8]) {
    var place = 0
    func line() -> Substring? {
      guard let end = bytes[place...].prefix(100).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      defer { place = end + 1 }
      return Substring(decoding: bytes[place..<end], as: UTF8.self)
    }
    guard line() == "P7" else { return nil }
    var numbers: [Substring: Int] = [:]
    while let text = line(), text != "ENDHDR" {
      let words = text.split(separator: " ")
      if words.count == 2, let number = Int(words[1]) { numbers[words[0]] = number }
    }
    guard let width = numbers["WIDTH"], let height = numbers["HEIGHT"], numbers["DEPTH"] == 4,
      numbers["MAXVAL"] == 255, (1...8192).contains(width), (1...8192).contains(height),
      bytes.count - place >= 4 * width * height
    else { return nil }
    self.init(width: width, height: height, bytes: Array(bytes[place..<place + 4 * width * height]))
  }

  /// Half as wide or half as high, or both: averages of two or four pixels. An odd last one stands alone.
  func halved(across: Bool, down: Bool) -> PixelBlock {
    let (stepX, stepY) = (across ? 2 : 1, down ? 2 : 1)
    let (newWidth, newHeight) = ((width + stepX - 1) / stepX, (height + stepY - 1) / stepY)
    let halved = [UInt8](unsafeUninitializedCapacity: 4 * newWidth * newHeight) { out, count in
      bytes.withUnsafeBufferPointer { bytes in
        for y in 0..<newHeight {
          let (top, bottom) = (y * stepY, min(y * stepY + stepY - 1, height - 1))
          for x in 0..<newWidth {
            let (left, right) = (x * stepX, min(x * stepX + stepX - 1, width - 1))
            for channel in 0..<4 {
              let sum =
                Int(bytes[4 * (top * width + left) + channel]) + Int(bytes[4 * (top * width + right) + channel])
                + Int(bytes[4 * (bottom * width + left) + channel])
                + Int(bytes[4 * (bottom * width + right) + channel])
              out[4 * (y * newWidth + x) + channel] = UInt8((sum + 2) / 4)
            }
          }
        }
      }
      count = 4 * newWidth * newHeight
    }
    return PixelBlock(width: newWidth, height: newHeight, bytes: halved)
  }
}
