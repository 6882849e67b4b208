import Foundation
import FuzzLaws
import SceneLang
import Testing

@testable import Renderer

/// Damaged scenes against the whole checker, with the whole catalogue: the laws of `SceneLaws` hold. `scripts/fuzz.sh` holds
/// the same laws to what libFuzzer makes up.
///
/// `FUZZ_ROUNDS=N` makes N rounds of each seed instead of a few; with `FUZZ_LAST=FILE` each scene is written to
/// FILE.SEED before it is checked, so that one that crashes is found.
@Suite(.timeLimit(.minutes(60))) struct SceneFuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 40

  /// Scenes of the project, and the examples of every finding.
  private static let corpus: [[UInt8]] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    var scenes: [[UInt8]] = []
    for folder in ["scenes", "Tests/SceneLangTests/Fixtures"] {
      let files = FileManager.default.enumerator(at: root.appending(path: folder), includingPropertiesForKeys: nil)
      let paths = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "yaml" }.map(\.path).sorted()
      scenes += paths.compactMap { FileManager.default.contents(atPath: $0).map { [UInt8]($0) } }
    }
    let examples = Explanation.all.flatMap { [$0.wrong, $0.right] }
    return scenes + examples.map(\.scene).filter { $0.count < 20_000 }
  }()

  @Test(arguments: 0..<4)
  func damagedScenesNeverBreakTheChecker(_ seed: UInt64) throws {
    #expect(Self.corpus.count > 200)
    var damage = SceneDamage(Self.corpus, seed: seed)
    var clean = 0
    for _ in 0..<Self.rounds {
      let scene = damage.next()
      if let file = Self.environment["FUZZ_LAST"] { try Data(scene).write(to: URL(filePath: "\(file).\(seed)")) }
      let outcome = SceneLaws.outcome(ofScene: scene, using: .builtin)
      #expect(outcome.broken == [], "\(String(decoding: scene, as: UTF8.self))")
      if outcome.isClean { clean += 1 }
    }
    // A checker that refused everything would pass, too.
    #expect(clean > 0)
  }
}

/// Scenes with up to three things changed: characters, words, lines, and pieces of other scenes.
struct SceneDamage {
  private let corpus: [[UInt8]]
  /// Everything between blanks and brackets that some scene has, and what has broken other parsers.
  private let words: [[UInt8]]
  private var random: SplitMix

  init(_ corpus: [[UInt8]], seed: UInt64) {
    self.corpus = corpus
    random = SplitMix(state: seed &* 0x1234_5678_9ABC_DEF1 &+ 1)
    let own = corpus.flatMap { $0.split { Self.isBreak($0) }.filter { $0.count < 40 }.map { Array($0) } }
    words = Array(Set(own)).sorted { $0.lexicographicallyPrecedes($1) } + Self.extremes.map { Array($0.utf8) }
  }

  private static let extremes = [
    "0", "-1", "1e308", "1e-308", "1e999", "9223372036854775807", "9223372036854775808", "-0", "0.0", "1/0", "0s",
    "1e9s", "-4s", "1e300s", "100000beats", "0ms", "1f", "0f", "inf", "nan", "NaN", "null", "~", "\"\"", "''", "{}",
    "[]",
    "sum(i in 0..1000000, i)", "max(k in 0..64, sum(j in 0..64, k * j))", "((((((((((x))))))))))", "-x^-x^-x",
    "not not p",
    "if(t, 1, 2)", "at(plasma, x=at(x), t=t)", "\"{\"", "\"{x\"", "\"{T:08.3f}\"", "*a", "&a", "<<", "!!str", "--- ",
    "\u{FEFF}", "\u{0}", "\u{1B}[31m", "中文", "e\u{301}", "| ", ">- ", "? ", "% ", "@", "`",
  ]

  private static func isBreak(_ byte: UInt8) -> Bool { " \n\t,:[]{}()".utf8.contains(byte) }

  mutating func next() -> [UInt8] {
    var scene = corpus[below(corpus.count)]
    for _ in 0..<below(4) { damage(&scene) }
    return scene
  }

  private mutating func damage(_ scene: inout [UInt8]) {
    switch below(8) {
    case 0:
      let place = below(scene.count + 1)
      scene.removeSubrange(place..<min(scene.count, place + below(6)))
    case 1: scene.insert(UInt8(truncatingIfNeeded: random.next()), at: below(scene.count + 1))
    case 2: scene.insert(contentsOf: words[below(words.count)], at: below(scene.count + 1))
    case 3...5: replaceWord(&scene)
    case 6: moveLines(&scene)
    default: insertLines(&scene)
    }
  }

  private mutating func replaceWord(_ scene: inout [UInt8]) {
    let start = below(scene.count + 1)
    guard let first = scene[start...].firstIndex(where: { !Self.isBreak($0) }) else { return }
    let end = scene[first...].firstIndex(where: Self.isBreak) ?? scene.count
    scene.replaceSubrange(first..<end, with: words[below(words.count)])
  }

  private mutating func moveLines(_ scene: inout [UInt8]) {
    var lines = scene.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let (from, to) = (below(lines.count), below(lines.count))
    if below(2) == 0 { lines.swapAt(from, to) } else { lines.insert(lines[from], at: to) }
    scene = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private mutating func insertLines(_ scene: inout [UInt8]) {
    let other = corpus[below(corpus.count)].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var lines = scene.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let first = below(other.count)
    lines.insert(contentsOf: other[first..<min(other.count, first + 1 + below(4))], at: below(lines.count + 1))
    scene = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }
}
