extension Explanation {
  /// What a file as a whole can be: too large, not text, not one YAML mapping.
  static let files: [Explanation] = [
    .init(
      "control_character",
      "A scene file is text: line feeds, carriage returns and tabs are its only control characters.",
      wrong: .described("text: ring the bell <the byte 07>", layer("text: ring the bell \u{07}")),
      right: .layer(#"text: "ring the bell""#)),
    .init(
      "cyclic_import", "A file that imports itself, directly or through others, would never be read to its end.",
      wrong: .top("import: {a: lib/a.yaml}").importing(["lib/a.yaml": "ascii-scene: 1\nimport: {a: a.yaml}\n"]),
      right: .top("import: {a: lib/a.yaml}\nsegments: [{duration: 4s, layers: [field: a.wave]}]").importing([
        "lib/a.yaml": "ascii-scene: 1\nfields: {wave: 0.5 + 0.5 * sin(9 * x)}\n"
      ])),
    .init(
      "empty_file", "A file without any `key: value` line is no scene.",
      wrong: .file("# nothing yet"), right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")
    ),
    .init(
      "file_too_large", "A scene file has at most 4 MiB, so that a check takes no longer than a glance.",
      wrong: .described("a file of more than 4 MiB", [UInt8](repeating: UInt8(ascii: "#"), count: 4 << 20 | 1)),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "not_a_scene",
      "Only scenes and libraries are imported. Nothing of any other file is shown, since it may be a private one.",
      wrong: .top("import: {neon: notes.txt}").importing(["notes.txt": "the password is hunter2"]),
      right: .top("import: {neon: lib/neon.yaml}\nsegments: [{duration: 4s, layers: [field: neon.wave]}]").importing([
        "lib/neon.yaml": "ascii-scene: 1\nfields: {wave: 0.5 + 0.5 * sin(9 * x)}\n"
      ])),
    .init(
      "not_text", "So many bytes that are no UTF-8 mean that the file is a picture, a video or an archive.",
      wrong: .described("an MP4 file", [UInt8](repeating: 0xFF, count: 1001)),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "not_utf8", "Scene files are written in UTF-8.",
      wrong: .described("text: Caf<the byte E9 of Latin-1>", layer("text: Caf") + [0xE9, 0x0A]),
      right: .layer("text: Café")),
    .init(
      "overwritten_input", "What is made of a scene has another name than what it is made from.",
      wrong: .top("audio: {track: film.mp4, features: synthetic}\noutput: film.mp4"),
      right: .top("audio: {track: film.mp4, features: synthetic}\noutput: made/film.mp4")),
    .init(
      "root_not_mapping", "At the top of a scene stand keys such as `segments:`, not a list and not a value.",
      wrong: .file("- duration: 4s\n  layers: [field: plasma]"),
      right: .file("ascii-scene: 1\nsegments:\n  - duration: 4s\n    layers: [field: plasma]")),
    .init(
      "several_documents", "`---` between documents begins a second one, and a scene is one document.",
      wrong: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]\n---\nascii-scene: 1"),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "too_many_aliases", "A file uses at most 10 000 YAML aliases, each of which copies what its anchor names.",
      wrong: .described(
        "a list of 10 001 times `*a`",
        Array("a: &a x\nb: [\(String(repeating: "*a, ", count: 10_001))]".utf8)),
      right: .top("segments:\n  - {duration: 4s, layers: &same [field: plasma]}\n  - {duration: 4s, layers: *same}")),
    .init(
      "too_many_errors", "After 25 mistakes of structure or 100 others the rest of a file is no longer listed.",
      wrong: .described(
        "thirty lines without a colon",
        Array(("ascii-scene: 1\n" + String(repeating: "segments\n", count: 30)).utf8)),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "too_many_nodes", "A file has at most a million values, those behind aliases counted each time.",
      wrong: .described("nine lists, each of which holds the one before ten times", aliasBomb),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "too_many_imports", "A scene imports at most 64 files, 16 levels deep.",
      wrong: .described(
        "seventeen files, each of which imports the next",
        Array("ascii-scene: 1\nimport: {next: f1.yaml}\nsegments: [{duration: 4s, layers: [field: plasma]}]\n".utf8)
      ).importing(importTower),
      right: .top("import: {a: lib/a.yaml}\nsegments: [{duration: 4s, layers: [field: a.wave]}]").importing([
        "lib/a.yaml": "ascii-scene: 1\nfields: {wave: 0.5 + 0.5 * sin(9 * x)}\n"
      ])),
    .init(
      "bad_lut",
      "A table of colours holds what a .cube file may: a size, then as many lines of red, green and blue as it says.",
      wrong: .top(cubeScene).importing(["warm.cube": "LUT_1D_SIZE 3\n0 0 0\n1 0.9 0.8\n"]),
      right: .top(cubeScene).importing(["warm.cube": "LUT_1D_SIZE 3\n0 0 0\n0.6 0.5 0.4\n1 0.9 0.8\n"])),
    .init(
      "unreadable_file", "Imports and media are files in the folder of the scene, or below it.",
      wrong: .top("import: {neon: lib/noen.yaml}"),
      right: .top("import: {neon: lib/neon.yaml}\nsegments: [{duration: 4s, layers: [field: neon.wave]}]").importing([
        "lib/neon.yaml": "ascii-scene: 1\nfields: {wave: 0.5 + 0.5 * sin(9 * x)}\n"
      ])),
    .init(
      "yaml_directive", "Scene files are YAML 1.2 without directives.",
      wrong: .file("%TAG ! tag:example.com,2000:\n---\nascii-scene: 1"),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
  ]

  private static func layer(_ line: String) -> [UInt8] {
    Array("ascii-scene: 1\nsegments:\n  - duration: 4s\n    layers:\n      - \(line)".utf8)
  }

  private static let cubeScene =
    "inputs: {warm: {lut: warm.cube}}\nsegments: [{duration: 4s, layers: [field: plasma], look: [lut: warm]}]"

  private static let importTower = Dictionary(
    uniqueKeysWithValues: (1...17).map { ("f\($0).yaml", "ascii-scene: 1\nimport: {next: f\($0 + 1).yaml}\n") })

  private static let aliasBomb: [UInt8] = {
    var text = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = [String](repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
      text += "l\(level): &l\(level) [\(aliases)]\n"
    }
    return Array(text.utf8)
  }()
}
