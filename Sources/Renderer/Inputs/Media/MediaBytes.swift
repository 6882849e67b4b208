/// The bytes of an open file as numbers, read a window at a time: a step forward rarely costs a system call.
///
/// All give nil beyond the end of the file and throw the error number of a read that failed. Places are not below 0.
struct MediaBytes {
  /// Bytes of the file.
  let count: Int
  private let descriptor: Descriptor
  private var window: [UInt8] = []
  /// Where the window begins.
  private var start = 0

  private static let windowSize = 1 << 14

  init(_ descriptor: Descriptor) {
    self.descriptor = descriptor
    count = descriptor.size
  }

  mutating func byte(at place: Int) throws(SystemCallError) -> UInt8? {
    if place < start || place >= start + window.count {
      guard place < count else { return nil }
      window = try descriptor.read(Self.windowSize, at: place)
      start = place
    }
    // Somebody may have made the file shorter.
    return place - start < window.count ? window[place - start] : nil
  }

  /// An unsigned number of 1 to 8 bytes, the highest first; no more than `Int.max`.
  mutating func big(_ size: Int, at place: Int) throws(SystemCallError) -> Int? {
    var number: UInt64 = 0
    for index in 0..<size {
      guard let byte = try byte(at: place + index) else { return nil }
      number = number << 8 | UInt64(byte)
    }
    return Int(clamping: number)
  }

  /// As `big`, the lowest first.
  mutating func little(_ size: Int, at place: Int) throws(SystemCallError) -> Int? {
    var number: UInt64 = 0
    for index in 0..<size {
      guard let byte = try byte(at: place + index) else { return nil }
      number |= UInt64(byte) << (8 * UInt64(index))
    }
    return Int(clamping: number)
  }

  /// Whether these bytes stand there.
  mutating func hold(_ text: some StringProtocol, at place: Int) throws(SystemCallError) -> Bool {
    for (index, byte) in text.utf8.enumerated() where try self.byte(at: place + index) != byte { return false }
    return true
  }

  /// Four characters, bytes above 127 as question marks.
  mutating func word(at place: Int) throws(SystemCallError) -> String? {
    var characters = ""
    for index in 0..<4 {
      guard let byte = try byte(at: place + index) else { return nil }
      characters.append(byte < 0x80 ? Character(Unicode.Scalar(byte)) : "?")
    }
    return characters
  }

  /// Where that byte is next, from `place` on.
  mutating func next(_ value: UInt8, from place: Int) throws(SystemCallError) -> Int? {
    var place = place
    while try byte(at: place) != nil {
      if let found = window[(place - start)...].firstIndex(of: value) { return start + found }
      place = start + window.count
    }
    return nil
  }
}
