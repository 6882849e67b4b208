import Foundation
import SceneLang
import Testing

/// Damages good and bad scenes in many small ways: whatever comes out, parsing must end, stay inside the file, and never
/// lose something without a word.
@Test(arguments: 0..<8)
func damagedScenesNeverBreakTheParsers(_ seed: UInt64) throws {
  let scenes = try fixtures("diagnostics").map { [UInt8](try Data(contentsOf: $0.scene)) }
  var random = SplitMix(state: seed)
  for _ in 0..<100 {
    var bytes = scenes[Int(random.next() % UInt64(scenes.count))]
    for _ in 0..<random.next() % 4 + 1 { damage(&bytes, &random) }
    check(bytes)
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

private func check(_ bytes: [UInt8]) {
  let (sources, file) = sourceMap(bytes)
  var bag = DiagnosticBag()
  var complete = false
  if let root = parseYAML(file, in: sources, reporting: &bag) { complete = checkNode(root, bytes, &bag) }
  #expect(complete || bag.hasErrors, "lost without a word: \(String(decoding: bytes, as: UTF8.self))")
  let places = bag.all.flatMap { [$0.span] + $0.labels.map(\.span) + ($0.edit.map { [$0.span] } ?? []) }
  #expect(places.allSatisfy { $0.end <= bytes.count }, "\(String(decoding: bytes, as: UTF8.self))")
  for style in DiagnosticRenderer.Style.allCases {
    let text = DiagnosticRenderer(sources: sources, style: style).render(bag.sorted())
    #expect(style == .color || !text.utf8.contains(0x1B))
  }
}

/// Whether nothing in the tree is `.invalid`.
private func checkNode(_ node: YAMLNode, _ bytes: [UInt8], _ bag: inout DiagnosticBag) -> Bool {
  #expect(node.span.end <= bytes.count)
  switch node.content {
  case .invalid: return false
  case .scalar(let scalar):
    #expect(scalar.pieces.first?.text == 0)
    #expect(scalar.span(0..<scalar.text.utf8.count).end <= bytes.count)
    if scalar.style == .plain, !scalar.text.contains("\n"), scalar.pieces.count == 1 {
      let source = String(decoding: bytes[node.span.start..<node.span.end], as: UTF8.self)
      #expect(scalar.text == source || bag.hasErrors)
    }
    _ = parseExpression(scalar, reporting: &bag)
    _ = parseTextTemplate(scalar, reporting: &bag)
    return true
  case .sequence(let items): return items.reduce(true) { checkNode($1, bytes, &bag) && $0 }
  case .mapping(let entries): return entries.reduce(true) { checkNode($1.value, bytes, &bag) && $0 }
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
