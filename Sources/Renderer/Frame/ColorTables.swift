/// One table of 256 levels per channel.
struct ColorTables: Hashable {
  /// Red, green, blue, 256 entries each.
  private(set) var entries: [UInt8]

  static let identity = ColorTables(entries: Array(0...255) + Array(0...255) + Array(0...255))

  /// A curve over 0…1, sampled, limited and rounded half up.
  init(curve: (_ channel: Int, _ level: Double) -> Double) {
    entries = (0..<768).map { UInt8(clampingUnit: curve($0 / 256, Double($0 % 256) / 255)) }
  }

  private init(entries: [UInt8]) { self.entries = entries }

  /// This table, and then `next`: what applying both one after the other gives, rounding in between included.
  func followed(by next: ColorTables) -> ColorTables {
    ColorTables(entries: entries.indices.map { next.entries[$0 & ~255 | Int(entries[$0])] })
  }

  /// This table weighted by `share` / 255 against the unchanged level, rounded as a mix of pixels is.
  func mixed(_ share: UInt8) -> ColorTables {
    ColorTables(
      entries: entries.indices.map { index in
        let sum = Int(255 - share) * (index & 255) + Int(share) * Int(entries[index]) + 128
        return UInt8((sum + sum >> 8) >> 8)
      })
  }
}
