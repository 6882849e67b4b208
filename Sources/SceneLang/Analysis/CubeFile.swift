/// Reads a .cube file: a table of colors as grading programs write it.
///
/// Lines are keywords (`TITLE`, `LUT_1D_SIZE` or `LUT_3D_SIZE`, `DOMAIN_MIN`, `DOMAIN_MAX`, and `LUT_1D_INPUT_RANGE` or
/// `LUT_3D_INPUT_RANGE` for a range of all channels), then one line of three numbers for every entry; `#` begins a comment.
/// Source: Adobe, Cube LUT Specification 1.0 (2013).
struct CubeFile {
  /// The first thing that is wrong.
  struct Fault: Error, Hashable {
    /// UTF-8 offsets in the file.
    var place: Range<Int>
    /// One line, lower case.
    var message: String
  }

  /// A lattice of 65 is 275 thousand colors.
  static let sizes = (curves: 2...65_536, lattice: 2...65)

  private let bytes: [UInt8]
  private var form: ColorLookup.Form?
  private var size = 0
  private var low = [0.0, 0, 0]
  private var high = [1.0, 1, 1]
  /// The line that sets the range.
  private var rangePlace = 0..<0
  private var entries: [Float] = []

  /// Throws at the first fault.
  static func read(_ bytes: [UInt8]) throws(Fault) -> ColorLookup {
    var file = CubeFile(bytes)
    return try file.table()
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func table() throws(Fault) -> ColorLookup {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      try readLine(start..<end)
      start = end + 1
    }
    guard let form else {
      throw Fault(place: 0..<min(1, bytes.count), message: "it has no line `LUT_3D_SIZE` or `LUT_1D_SIZE`")
    }
    let count = ColorLookup.count(form, size)
    guard entries.count == 3 * count else {
      let last = max(0, (bytes.lastIndex { $0 > 0x20 } ?? 0))
      throw Fault(
        place: last..<min(last + 1, bytes.count),
        message: "it ends after \(entries.count / 3) of \(count) colours")
    }
    guard zip(low, high).allSatisfy({ $0 < $1 }) else {
      throw Fault(place: rangePlace, message: "the range of the colours is empty")
    }
    return ColorLookup(form, size: size, low: low, high: high, entries: entries)
  }

  private mutating func readLine(_ line: Range<Int>) throws(Fault) {
    let words = words(of: line)
    guard let first = words.first, bytes[first.lowerBound] != UInt8(ascii: "#") else { return }
    let isKeyword = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= bytes[first.lowerBound]
    let place = first.lowerBound..<words[words.count - 1].upperBound
    guard isKeyword else { return try readColor(words, place) }
    let name = text(first)
    guard entries.isEmpty else { throw Fault(place: first, message: "`\(name)` stands behind the first colour") }
    switch name {
    case "TITLE": return
    case "LUT_1D_SIZE": try readSize(.curves, words, place)
    case "LUT_3D_SIZE": try readSize(.lattice, words, place)
    case "DOMAIN_MIN": (low, rangePlace) = (try numbers(words.dropFirst(), 3, place), place)
    case "DOMAIN_MAX": (high, rangePlace) = (try numbers(words.dropFirst(), 3, place), place)
    case "LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE":
      let range = try numbers(words.dropFirst(), 2, place)
      low = [Double](repeating: range[0], count: 3)
      high = [Double](repeating: range[1], count: 3)
      rangePlace = place
    default: throw Fault(place: first, message: "a .cube file has no keyword `\(name.prefix(40))`")
    }
  }

  private mutating func readSize(
    _ form: ColorLookup.Form, _ words: [Range<Int>], _ place: Range<Int>
  ) throws(Fault) {
    guard self.form == nil else {
      throw Fault(
        place: place,
        message: self.form == form ? "the size is said twice" : "a file with curves and a lattice is two tables")
    }
    let allowed = form == .curves ? Self.sizes.curves : Self.sizes.lattice
    guard words.count == 2, let size = Int(text(words[1])), allowed.contains(size) else {
      throw Fault(
        place: place, message: "the size is a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
    (self.form, self.size) = (form, size)
    entries.reserveCapacity(3 * ColorLookup.count(form, size))
  }

  private mutating func readColor(_ words: [Range<Int>], _ place: Range<Int>) throws(Fault) {
    guard let form else { throw Fault(place: place, message: "a colour stands before the line with the size") }
    let count = ColorLookup.count(form, size)
    guard entries.count < 3 * count else {
      throw Fault(place: place, message: "there are more than the \(count) colours of the size")
    }
    entries += try numbers(words[...], 3, place).map { Float($0) }
  }

  /// Numbers of at most a million; anything else is a fault of the line.
  private func numbers(_ words: ArraySlice<Range<Int>>, _ count: Int, _ place: Range<Int>) throws(Fault) -> [Double] {
    guard words.count == count else {
      throw Fault(place: place, message: "expected \(count) numbers, found \(words.count)")
    }
    var numbers: [Double] = []
    for word in words {
      // Digits alone: neither `nan` nor hexadecimal numbers.
      guard bytes[word].allSatisfy({ Self.numerals.contains($0) }), let number = Double(text(word)),
        abs(number) <= 1e6
      else {
        throw Fault(place: word, message: "expected a number, found `\(text(word).prefix(40))`")
      }
      numbers.append(number)
    }
    return numbers
  }

  private static let numerals = Set("0123456789.+-eE".utf8)

  private func text(_ word: Range<Int>) -> String { String(decoding: bytes[word], as: UTF8.self) }

  private func words(of line: Range<Int>) -> [Range<Int>] {
    bytes[line].split { $0 == 0x20 || $0 == 0x09 }.map { $0.startIndex..<$0.endIndex }
  }
}
