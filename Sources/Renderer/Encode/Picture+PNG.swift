extension Picture {
  /// The picture as a PNG file, 8 bits per channel.
  public var png: [UInt8] {
    PNG.encode(
      width: width, height: height, red: UnsafePointer(row(0, plane: 0)), green: UnsafePointer(row(0, plane: 1)),
      blue: UnsafePointer(row(0, plane: 2)), stride: stride)
  }
}
