import SceneLang

/// A palette of the catalogue: what the language shows of it, and how it chooses glyphs.
public struct BuiltinPalette: Sendable {
  public let declaration: OpDeclaration
  public let palette: Palette

  /// `characters` follow the blank. Defaults suit ramps of ink: a symbol set names what it needs.
  init(
    _ name: String, aliases: [String] = [], _ summary: String, _ characters: String, match: Palette.Match = .ink,
    order: Palette.Order = .measured, jitter: Double = 0, stretch: Double = 1
  ) {
    declaration = OpDeclaration(.palette, name, aliases: aliases, summary, example: "palette: \(name)")
    palette = Palette(
      characters: [" "] + Array(characters.unicodeScalars), match: match, order: order, gamma: 1, jitter: jitter,
      stretch: stretch)
  }
}

/// The palettes of CATALOGUE 1.3, and `ascii`, the default.
///
/// Three kinds. Ramps match the value to ink, so that tone is what the field says. Symbol sets have narrow ink: matched
/// by it, a few glyphs would take all values, so they go in equal steps, from thin to dense. Scripts and signs go in
/// equal steps in the order that they have in the world. Dense blocks after thin letters also go in equal steps: by ink,
/// `█` would take the upper two thirds of the values.
public enum BuiltinPalettes {
  public static let all: [BuiltinPalette] = ramps + symbols + sequences + particles + patterns

  private static let ramps: [BuiltinPalette] = [
    // Characters, jitter and stretch were chosen by eye on a plasma: without jitter bands show as stripes.
    .init(
      "ascii", "Fifty letters and signs from a dot to `B`, by measured ink: the default.",
      #".'`,:;-~!i|l+*?x7vczsoaeJLCYXZOQ0Sbdpqkh$&%#@MW8B"#, jitter: 0.13, stretch: 1.15),
    .init(
      "default", aliases: ["classic"], "The signs of a keyboard, without letters.",
      #".`'-:;!><=+*^~?/\|(){}[]#&$@%"#),
    .init("minimal", "Seven signs.", ".:-=+#@"),
    .init("binary", aliases: ["solid"], "A full block, or nothing.", "█"),
    .init("gradient", "Four even shades.", "░▒▓█"),
    .init("blocks", "Shades and halves of the cell.", "░▒▓█▄▀▐▌"),
    .init("blocks_ext", "Quadrants and shades of the cell.", "▖▗▘▙▚▛▜▝▞▟░▒▓█"),
    .init("shade", "Shades and bars of rising height.", "░▒▓█▇▆▅▄▃▂▁"),
  ]

  private static let symbols: [BuiltinPalette] = [
    steps("dense", "Eleven signs up to a full block.", ".:;+=xX$#@█"),
    steps("math", "Operators and relations.", "·∘∙•°±∓×÷≈≠≡≤≥∞∫∑∏√∇∂∆Ω"),
    steps("box", aliases: ["box_drawing"], "Box drawing, single and double.", "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬"),
    steps("lines", aliases: ["strokes"], "Four straight lines, for the edges of a picture.", "─╲│╱"),
    steps("circuit", "Traces, pads and gates.", ".·─│┌┐└┘┼○●□■∆∇≡"),
    steps("music", "Notes and accidentals.", "♪♫♬♩♭♮♯○●"),
    steps("dots", "Dots, discs and stars.", "⋅∘∙●◉◎◆✦★"),
    steps("braille", "Braille, from one dot to six.", "⠁⠂⠃⠄⠅⠆⠇⠈⠉⠊⠋⠌⠍⠎⠏⠐⠑⠒⠓⠔⠕⠖⠗⠘⠙⠚⠛⠜⠝⠞⠟⠿"),
    steps("stars", "Stars of four to eight points.", "·✧✦✩✨★✶✳✸"),
    steps("halffill", aliases: ["half_fill"], "Circles filled by quarters and halves.", "◔◑◕◐◒◓◖◗◙"),
    steps("hatch", "Hatched squares.", "▣▤▥▦▧▨▩"),
    steps("myth", "Waves, stars and shapes.", ".·~=≈∞⚡☿✦★⊕◊◆▲▼●■"),
    steps("organic", "Bubbles and flowers.", ".°∘•◦◉❂✿❁❃"),
    steps("machine", "Pipes, plates and shades.", "_─│┌┐┼≡■█▓▒░"),
  ]

  private static let sequences: [BuiltinPalette] = [
    sequence("rune", aliases: ["runes"], "Twelve runes of the elder futhark.", ".ᚠᚢᚦᚱᚷᛁᛇᛒᛖᛚᛞᛟ"),
    sequence("alchemic", aliases: ["alchemy"], "Sun, moon, planets and four signs of the zodiac.", "☉☽♀♂♃♄♅♆♇♈♉♊♋"),
    sequence("zodiac", "The twelve signs.", "♈♉♊♋♌♍♎♏♐♑♒♓"),
    sequence("arrows", "Arrows, round the compass and back.", "←↑→↓↔↕↖↗↘↙↩↪↻➡"),
    sequence("kata", aliases: ["katakana"], "Half-width katakana.", "·ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷ"),
    sequence("greek", "Small Greek letters.", "αβγδεζηθικλμνξπρστφψω"),
    sequence("cyrillic", "Small Cyrillic letters.", "абвгдежзиклмнопрстуфхцчш"),
    sequence("arabic", "Arabic letters, isolated.", "ابةتثجحخدذرزسشصضط"),
    // A wave that stands for several values is meant: it is the calm of the water.
    sequence("ocean", aliases: ["water"], "Waves, mostly calm.", "~≈≈≈∼⌇≈≋≌≈"),
  ]

  /// CATALOGUE 1.3, for particles: ramps where size tells strength, else sets that a particle takes one of.
  private static let particles: [BuiltinPalette] = [
    .init("dot", "Three dots.", "·•●"),
    .init("spark", "From a dot to stars.", "·•●★✶*+"),
    .init("bubble", "Circles and rings.", "○◎◉●∘∙°"),
    sequence("energy", "Bolts, stars and blocks.", "*+#@⚡✦★█▓"),
    sequence("leaf", aliases: ["leaves"], "Flowers and clover.", "❀❁❂❃✿☘•"),
    sequence("snow", "Flakes and dots.", "❄❅❆·•*○"),
    sequence("rain", "Falling lines.", #"|│┃║/\"#),
    sequence("data", "Bits and brackets.", #"01{}[]<>|/\"#),
    sequence("hex", "Hexadecimal digits.", "0123456789ABCDEF"),
    sequence("bits", "0 and 1.", "01"),
    sequence("dash", aliases: ["dashes"], "Dashes and waves.", "-=~─═"),
  ]

  /// All patterns of the places within a cell, in the order of their bits, row by row.
  private static let patterns: [BuiltinPalette] = [
    pattern("halves", aliases: ["half_blocks"], "Two places a cell, one above the other.", "▀▄█"),
    pattern("quadrants", "Four places a cell.", "▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"),
    pattern("sextants", "Six places a cell.", String(String.UnicodeScalarView((1...63).map(Sextants.character)))),
    pattern("octants", "Eight places a cell.", String(String.UnicodeScalarView((1...255).map(Octants.character)))),
    pattern(
      "braille_dots", aliases: ["dots_2x4"], "Eight dots a cell.",
      String(String.UnicodeScalarView((1...255).map(Braille.character)))),
  ]

  private static func pattern(
    _ name: String, aliases: [String] = [], _ summary: String, _ characters: String
  ) -> BuiltinPalette {
    .init(name, aliases: aliases, summary, characters, match: .pattern, order: .asWritten)
  }

  private static func steps(
    _ name: String, aliases: [String] = [], _ summary: String, _ characters: String
  ) -> BuiltinPalette {
    .init(name, aliases: aliases, summary, characters, match: .index)
  }

  private static func sequence(
    _ name: String, aliases: [String] = [], _ summary: String, _ characters: String
  ) -> BuiltinPalette {
    .init(name, aliases: aliases, summary, characters, match: .index, order: .asWritten)
  }
}
