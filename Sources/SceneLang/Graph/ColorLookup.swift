import CXXHash

/// A table that gives every color another one, as a .cube file holds it.
///
/// Equal tables are told by a hash of 128 bits of what they hold, so that a graph with one is compared as fast as any other.
public struct ColorLookup: Hashable, Sendable {
  public enum Form: String, Hashable, Sendable {
    /// `size` entries; each channel is read by itself.
    case curves
    /// A lattice of `size`³ colors, red fastest, then green.
    case lattice
  }

  public let form: Form
  /// At least 2.
  public let size: Int
  /// The levels of red, green and blue, 0…1, at which the first and the last entry stand.
  public let low: [Double]
  public let high: [Double]
  /// Red, green and blue of every entry, mostly 0…1.
  public let entries: [Float]

  private let content: [UInt64]

  /// Precondition: as many entries as the size says, three ranges that are not empty, numbers that are finite.
  public init(_ form: Form, size: Int, low: [Double] = [0, 0, 0], high: [Double] = [1, 1, 1], entries: [Float]) {
    precondition(size >= 2 && entries.count == 3 * Self.count(form, size), "a table of \(size) has all of its entries")
    precondition(low.count == 3 && high.count == 3 && zip(low, high).allSatisfy { $0 < $1 }, "a range is not empty")
    (self.form, self.size, self.low, self.high, self.entries) = (form, size, low, high, entries)
    let head = [form == .curves ? 1 : 3, UInt64(size)] + (low + high).map(\.bitPattern)
    let hash = entries.withUnsafeBytes { XXH3_128bits_withSeed($0.baseAddress, $0.count, 0) }
    let all = head + [hash.high64, hash.low64]
    content = all.withUnsafeBytes { bytes in
      let hash = XXH3_128bits_withSeed(bytes.baseAddress, bytes.count, 0)
      return [hash.high64, hash.low64]
    }
  }

  /// A hash of all that the table says.
  public var digest: (high: UInt64, low: UInt64) { (content[0], content[1]) }

  /// Entries of a table of that size.
  static func count(_ form: Form, _ size: Int) -> Int { form == .curves ? size : size * size * size }

  public static func == (a: Self, b: Self) -> Bool { a.content == b.content }
  public func hash(into hasher: inout Hasher) { hasher.combine(content) }

  /// Such as `33 × 33 × 33` or `256`.
  public var extent: String { form == .curves ? "\(size)" : "\(size) × \(size) × \(size)" }
}
