extension Picture {
  /// Writes red, green and blue of one pixel after the other: width · height · 3 bytes.
  func interleave(into out: UnsafeMutablePointer<UInt8>) {
    var target = out
    for y in 0..<height {
      let row = pixelRow(y)
      for x in 0..<width {
        target[3 * x] = row.red[x]
        target[3 * x + 1] = row.green[x]
        target[3 * x + 2] = row.blue[x]
      }
      target += 3 * width
    }
  }
}
