import Testing

@testable import SceneLang

/// What imports cannot be, and what is said of it.
@Suite struct ImportTests {
  /// Checks a scene that imports `target`, beside other files.
  private func compile(_ target: String, _ files: [String: [UInt8]] = [:], uses field: String = "plasma") -> Compilation
  {
    check(
      path: "show/scene.yaml", name: "scene",
      bytes: Array("ascii-scene: 1\nimport: {a: \(target)}\n\(Self.segments(field))".utf8), using: TestCatalog.catalog,
      importer: { path in
        files[path].map { .success($0) } ?? .failure(ImportFailure(reason: "No such file or directory"))
      })
  }

  private static func segments(_ field: String = "plasma") -> String {
    "segments: [{duration: 4s, layers: [field: \(field)]}]\n"
  }

  private static let wave = "ascii-scene: 1\nfields: {wave: 0.5 + 0.5 * sin(9 * x)}\n"

  /// SAFETY: a scene may name any file of its folder, and whoever wrote it may not be the one who reads what is said.
  @Test(arguments: [
    "SECRET", "SECRET: 1\nuser: SECRET\n", "- SECRET\n- SECRET\n", "user = SECRET: a: b\n\tSECRET\n", "{SECRET",
    "\"SECRET", "SECRET: &a [*a, *SECRET]\n", "\0SECRET\u{1}", "", "# SECRET\n", "SECRET: 1\n---\nSECRET: 2\n",
    "SECRET", "1: [\n  SECRET,,\n]\n",
  ])
  func nothingIsShownOfAFileThatIsNoScene(_ text: String) {
    let result = compile("notes.txt", ["notes.txt": Array(text.utf8) + [0xFF, 0x0A]], uses: "a.wave")
    #expect(
      TestCatalog.rendered(result) == """
        error[not_a_scene]: `notes.txt` is no scene file, so nothing of it is imported
         --> show/scene.yaml:2:13
        2 | import: {a: notes.txt}
          |             ^^^^^^^^^
          = help: a library is YAML that begins with `ascii-scene: 1`

        """)
  }

  @Test func nothingIsShownOfWordsThatHaveNoTimes() {
    let result = check(
      path: "scene.yaml", name: "scene",
      bytes: Array("ascii-scene: 1\ninputs: {w: {lyrics: notes.txt}}\n\(Self.segments())".utf8),
      using: TestCatalog.catalog, importer: { _ in .success(Array("SECRET\n\nSECRET\n".utf8)) })
    #expect(
      result.diagnostics.map(\.id).contains("unreadable_file") && !TestCatalog.rendered(result).contains("SECRET"))
  }

  /// A library with a mistake is one all the same, however it writes its first key.
  @Test(arguments: [
    ("ascii-scene: 1\nfields: {wave: sin(}\n", "value_expected"),
    ("\"ascii-scene\": 1\nfeilds: {}\n", "unknown_key"), ("{ascii_scene: 1, feilds: {}}", "unknown_key"),
    ("\u{FEFF}ascii-scene: 1\n" + String(repeating: "x\n", count: 40), "missing_colon"),
  ])
  func mistakesOfLibrariesAreShownThere(_ text: String, _ id: String) {
    let found = compile("a.yaml", ["a.yaml": Array(text.utf8)])
    #expect(found.diagnostics.contains { $0.id == id && found.sources[$0.span.file].path == "show/a.yaml" })
    #expect(!found.diagnostics.contains { $0.id == "not_a_scene" })
  }

  @Test func aSceneDoesNotImportItself() {
    for target in ["scene.yaml", "./scene.yaml"] {
      let result = compile(target, ["scene.yaml": Array(Self.wave.utf8)], uses: "a.wave")
      #expect(
        TestCatalog.rendered(result) == """
          error[cyclic_import]: `scene.yaml` imports itself, directly or through others
           --> show/scene.yaml:2:13
          2 | import: {a: \(target)}
            |             \(String(repeating: "^", count: target.count))

          """)
    }
  }

  @Test func cyclesAreReportedOnceWhereTheyClose() {
    let files = [
      "a.yaml": Array("ascii-scene: 1\nimport: {b: b.yaml}\n".utf8),
      "b.yaml": Array("ascii-scene: 1\nimport: {s: scene.yaml}\n".utf8),
    ]
    #expect(
      TestCatalog.rendered(compile("a.yaml", files)) == """
        error[cyclic_import]: `scene.yaml` imports itself, directly or through others
         --> show/b.yaml:2:13
        2 | import: {s: scene.yaml}
          |             ^^^^^^^^^^

        """)
  }

  @Test(arguments: [(64, true), (65, false)]) func aSceneImportsSixtyFourFiles(_ count: Int, _ isFine: Bool) {
    let names = (1...count).map { "a\($0): l\($0).yaml" }.joined(separator: ", ")
    let text = "ascii-scene: 1\nimport: {\(names)}\n\(Self.segments())"
    let result = check(
      path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: TestCatalog.catalog,
      importer: { _ in .success(Array(Self.wave.utf8)) })
    #expect(result.diagnostics.contains { $0.id == "too_many_imports" } != isFine)
  }
}
