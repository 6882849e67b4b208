import Foundation
import FuzzLaws
import Testing

/// Good and bad scenes damaged in many small ways: the laws of `TextLaws` hold.
@Test(arguments: 0..<8)
func damagedScenesNeverBreakTheParsers(_ seed: UInt64) throws {
  let scenes = try fixtures("diagnostics").map { [UInt8](try Data(contentsOf: $0.scene)) }
  var random = SplitMix(state: seed)
  for _ in 0..<100 {
    var bytes = scenes[Int(random.next() % UInt64(scenes.count))]
    for _ in 0..<random.next() % 4 + 1 { damage(&bytes, &random) }
    #expect(TextLaws(bytes).broken == [], "\(String(decoding: bytes, as: UTF8.self))")
  }
}

private let fragments = [
  "[", "]", "{", "}", "(", ")", ": ", ":", ", ", "\n", "\r", "\t", "  ", "#", " #", "\"", "'", "\\", "|", ">", "- ",
  "? ", "&a ",
  "*a", "!", "%", "@", "---", "...", "\n  ", "<<: ", "中", "\u{FEFF}", "\u{85}", "x",
].map { Array($0.utf8) }

private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
  let place = Int(random.next() % UInt64(bytes.count + 1))
  let end = min(bytes.count, place + Int(random.next() % 6))
  switch random.next() % 4 {
  case 0: bytes.removeSubrange(place..<end)
  case 1: bytes.insert(contentsOf: bytes[place..<end], at: Int(random.next() % UInt64(bytes.count + 1)))
  case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
  default: bytes.insert(contentsOf: fragments[Int(random.next() % UInt64(fragments.count))], at: place)
  }
}

private struct SplitMix {
  var state: UInt64

  /// Source: Steele, Lea, Flood, OOPSLA 2014.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
