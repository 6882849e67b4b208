/// The length of the well-formed UTF-8 sequence (Unicode, table 3-7) at `offset`, or nil: overlong forms, surrogates and
/// values above U+10FFFF are ill-formed.
func utf8SequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
  let first = bytes[offset]
  let length: Int
  // The second byte has the narrower range; it excludes overlong forms, surrogates and what lies above U+10FFFF.
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch first {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, second) = (3, 0xA0...0xBF)
  case 0xED: (length, second) = (3, 0x80...0x9F)
  case 0xE1...0xEF: length = 3
  case 0xF0: (length, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: length = 4
  case 0xF4: (length, second) = (4, 0x80...0x8F)
  default: return nil
  }
  guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
  for next in bytes[offset + 2..<max(offset + 2, offset + length)] where next & 0xC0 != 0x80 { return nil }
  return length
}

/// A code point of a text, or a byte that belongs to none.
struct DecodedPoint {
  /// Where it begins.
  var offset: Int
  /// Its first byte.
  var byte: UInt8
  /// Nil if the byte is ill-formed here.
  var scalar: Unicode.Scalar?
}

/// Calls `body` with the code points of a range, one after another, until it answers false.
func forEachPoint(of bytes: [UInt8], in range: Range<Int>, _ body: (DecodedPoint) -> Bool) {
  bytes.withUnsafeBufferPointer { whole in
    // Sequences cut by the end of the range are ill-formed.
    let bytes = UnsafeBufferPointer(rebasing: whole[..<range.upperBound])
    var offset = range.lowerBound
    while offset < range.upperBound {
      let length = utf8SequenceLength(bytes, at: offset)
      let scalar = length.map { decodeScalar(bytes, at: offset, length: $0) }
      guard body(DecodedPoint(offset: offset, byte: bytes[offset], scalar: scalar)) else { return }
      offset += length ?? 1
    }
  }
}

private func decodeScalar(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, length: Int) -> Unicode.Scalar {
  let first = UInt32(bytes[offset])
  if length == 1 { return Unicode.Scalar(bytes[offset]) }
  var value = first & (0x7F >> UInt32(length))
  for next in bytes[offset + 1..<offset + length] { value = value << 6 | UInt32(next & 0x3F) }
  guard let scalar = Unicode.Scalar(value) else { preconditionFailure("a well-formed sequence is a scalar") }
  return scalar
}
