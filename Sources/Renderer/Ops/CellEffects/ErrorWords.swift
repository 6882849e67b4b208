import SceneLang

/// Words stamped over the cells (CATALOGUE 1.10), from one of three vocabularies or from the author.
enum ErrorWords: CellEffectOp {
  static let declaration = OpDeclaration(
    .cellEffect, "error_words", aliases: ["stamped_words"],
    "Words are stamped here and there, more of them on the beat.",
    parameters: [
      ParameterDeclaration("count", default: "2 + 6 * bdecay", in: 0...200, "Words at a time."),
      ParameterDeclaration(
        "vocabulary", .choice, default: "tech", choices: vocabularies.map(\.name), "Which words."),
      .changes(6), .time,
    ], facts: Facts(readsKey: true), example: "effects: error_words(vocabulary=cosmic)")

  private static let vocabularies = [
    (
      name: "tech",
      words: [
        "ERROR", "NULL", "OVERFLOW", "SEGFAULT", "0xDEAD", "TIMEOUT", "NO CARRIER", "RETRY", "STACK", "CORRUPT",
      ]
    ),
    (
      name: "cosmic",
      words: ["VOID", "ENTROPY", "SINGULARITY", "REDSHIFT", "EVENT HORIZON", "DARK MATTER", "QUASAR", "HEAT DEATH"]
    ),
    (
      name: "organic",
      words: ["MUTATE", "SPORE", "MYCELIUM", "BLOOM", "DECAY", "SYMBIOSIS", "MITOSIS", "GROW"]
    ),
  ]

  static let ownCharacters = Array(
    Set(vocabularies.flatMap { $0.words.joined().unicodeScalars }).subtracting([" "])
  ).sorted { $0.value < $1.value }

  static func apply(_ arguments: CallArguments, to cells: CellSurface) {
    let name = arguments.word("vocabulary")
    guard let words = vocabularies.first(where: { $0.name == name })?.words else {
      preconditionFailure("no vocabulary \(name)")
    }
    let turn = arguments.turn
    for stamp in 0..<arguments.integer("count") {
      let word = words[Int(cells.random(1, stamp, turn) * Double(words.count))]
      let left = Int(cells.random(2, stamp, turn) * Double(max(1, cells.columns - word.count)))
      let row = Int(cells.random(3, stamp, turn) * Double(cells.rows))
      let glow = UInt8(160 + 95 * cells.random(4, stamp, turn))
      for (place, character) in word.unicodeScalars.enumerated() {
        cells.write(character, left + place, row, RGB(glow, UInt8(Int(glow) / 4), UInt8(Int(glow) / 4)))
      }
    }
  }
}
