import CXXHash

/// 128 bits that name a content: equal for equal contents, different for different ones but for an accident that does
/// not happen. No protection against forgery.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  public var high: UInt64
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(of bytes: some Collection<UInt8>) {
    var hasher = ContentHasher()
    let isContiguous = bytes.withContiguousStorageIfAvailable { hasher.feed(bytes: UnsafeRawBufferPointer($0)) } != nil
    if !isContiguous { Array(bytes).withUnsafeBytes { hasher.feed(bytes: $0) } }
    self = hasher.finish()
  }

  /// The hash of a file's bytes.
  init(of file: Descriptor) throws(SystemCallError) {
    var hasher = ContentHasher()
    var offset = 0
    while true {
      // Stays in the cache of the core.
      let bytes = try file.read(1 << 16, at: offset)
      if bytes.isEmpty { break }
      bytes.withUnsafeBytes { hasher.feed(bytes: $0) }
      offset += bytes.count
    }
    self = hasher.finish()
  }

  /// From 32 hexadecimal digits, as `description` gives them; nil for anything else.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
      let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
    // `+` before the digits, and capital ones, are numbers too.
    guard description == text else { return nil }
  }

  /// 32 hexadecimal digits.
  public var description: String { Self.digits(high) + Self.digits(low) }

  private static func digits(_ half: UInt64) -> String {
    let digits = String(half, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Hashes a sequence of values with XXH3-128: the same bits in every process and on every machine, unlike `Hasher`.
///
/// Values are fed with their length or tag where that is not fixed, so that two different sequences never look alike.
public struct ContentHasher: ~Copyable {
  private let state: OpaquePointer

  public init() {
    state = XXH3_createState()
    XXH3_128bits_reset(state)
  }

  deinit { XXH3_freeState(state) }

  public consuming func finish() -> ContentHash {
    let hash = XXH3_128bits_digest(state)
    return ContentHash(high: hash.high64, low: hash.low64)
  }

  /// Raw bytes without their count.
  public mutating func feed(bytes: UnsafeRawBufferPointer) {
    XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
  }

  public mutating func feed(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { feed(bytes: $0) }
  }

  public mutating func feed(_ value: Int) { feed(UInt64(bitPattern: Int64(value))) }

  /// By its bits: 0 and −0 differ, since they may show different pictures.
  public mutating func feed(_ value: Double) { feed(value.bitPattern) }

  public mutating func feed(_ value: Bool) { feed(value ? 1 as UInt64 : 0) }

  public mutating func feed(_ value: ContentHash) {
    feed(value.high)
    feed(value.low)
  }

  public mutating func feed(_ value: String) {
    feed(value.utf8.count)
    var value = value
    value.withUTF8 { feed(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// A word of an enumeration, by its raw value: the order of the cases may change.
  public mutating func feed<Word: RawRepresentable<String>>(_ word: Word) { feed(word.rawValue) }

  public mutating func feed<Element>(_ elements: [Element], _ each: (inout ContentHasher, Element) -> Void) {
    feed(elements.count)
    for element in elements { each(&self, element) }
  }

  public mutating func feed<Value>(_ value: Value?, _ some: (inout ContentHasher, Value) -> Void) {
    feed(value != nil)
    if let value { some(&self, value) }
  }
}
