import KernelTable

// Rows of cells to rows of pixels. Stores of 16 bytes that overlap their neighbour's: a loop over each cell's own pixels
// took four times as long (320 × 83 cells of 6 × 13 pixels).
extension PixelLoops {
  @inline(never) static func spread(_ out: MutableBytes, cells: Bytes, columns: Int, cellWidth: Int) {
    var target = UnsafeMutableRawPointer(out)
    if cellWidth <= 16 {
      for column in 0..<columns {
        target.storeBytes(of: SIMD16<UInt8>(repeating: cells[column]), as: SIMD16<UInt8>.self)
        target += cellWidth
      }
      return
    }
    let slices = (cellWidth &+ 15) &>> 4
    for column in 0..<columns {
      let value = SIMD16<UInt8>(repeating: cells[column])
      for slice in 0..<slices { target.storeBytes(of: value, toByteOffset: slice &* 16, as: SIMD16<UInt8>.self) }
      target += cellWidth
    }
  }

  @inline(never) static func glyphRow(
    _ out: MutableBytes, coverage: Bytes, glyphs: Words, glyphStride: Int, rowStride: Int, columns: Int, cellWidth: Int
  ) {
    let source = UnsafeRawPointer(coverage)
    var target = UnsafeMutableRawPointer(out)
    if rowStride == 16 {
      for column in 0..<columns {
        let slice = source.loadUnaligned(fromByteOffset: Int(glyphs[column]) &* glyphStride, as: SIMD16<UInt8>.self)
        target.storeBytes(of: slice, as: SIMD16<UInt8>.self)
        target += cellWidth
      }
      return
    }
    for column in 0..<columns {
      let glyph = source + Int(glyphs[column]) &* glyphStride
      var x = 0
      while x < rowStride {
        let slice = glyph.loadUnaligned(fromByteOffset: x, as: SIMD16<UInt8>.self)
        target.storeBytes(of: slice, toByteOffset: x, as: SIMD16<UInt8>.self)
        x &+= 16
      }
      target += cellWidth
    }
  }
}
