/// Sizes on the command line and in messages.
struct ByteCount: Sendable, Hashable {
  var bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  private static let units: [(name: String, bytes: Int)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("TB", 1_000_000_000_000),
    ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000), ("kB", 1000), ("B", 1),
  ]

  /// `500MB`, `1.5GiB`, `0`: a number of at least 0 with a unit, which only 0 may lack.
  init(parsing text: String) throws(InvalidValue) {
    let unit = Self.units.first { text.hasSuffix($0.name) }
    let number = Double(text.dropLast(unit?.name.count ?? 0))
    guard let number, number.isFinite, number >= 0, unit != nil || number == 0,
      number * Double(unit?.bytes ?? 1) < Double(1 << 60)
    else { throw InvalidValue(expected: "a size such as 500MB, 10GB or 1.5GiB") }
    bytes = Int(number * Double(unit?.bytes ?? 1))
  }

  /// In decimal units with one digit after the point: `220.8 MB`.
  var text: String {
    let units: [(String, Double)] = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    guard let (name, size) = units.first(where: { Double(bytes) >= $0.1 }) else { return "\(bytes) B" }
    return "\(ProgressText.decimal(Double(bytes) / size)) \(name)"
  }
}
