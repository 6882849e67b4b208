import SceneLang

/// A gradient of the catalogue.
public struct BuiltinGradient: Sendable {
  public let declaration: OpDeclaration
  public let gradient: Gradient

  /// `colors`: sRGB as hexadecimal numbers, at equal distances; with `steps`, each holds an equal share.
  init(
    _ name: String, aliases: [String] = [], _ summary: String, _ colors: [UInt32], space: Gradient.Space = .oklab
  ) {
    declaration = OpDeclaration(.gradient, name, aliases: aliases, summary, example: "color: \(name)")
    let parts = space == .steps ? colors.count : colors.count - 1
    let stops = colors.enumerated().map { index, color in
      Gradient.Stop(
        position: Double(index) / Double(parts),
        color: RGB(UInt8(color >> 16 & 0xFF), UInt8(color >> 8 & 0xFF), UInt8(color & 0xFF)))
    }
    gradient = Gradient(stops: stops, space: space)
  }
}

/// Gradients with a name: smooth ones from dark to bright, mixed in OKLab, and the discrete palettes of CATALOGUE C-3.
public enum BuiltinGradients {
  public static let all: [BuiltinGradient] = smooth + discrete

  private static let smooth: [BuiltinGradient] = [
    // Nine points of lightness 0.34 + 0.56v, chroma 0.05 + 0.17 · sin(π(0.85v + 0.1)), hue 0.66 + 0.46v turns in OKLCh.
    .init(
      "heliotrope", "Petrol, violet, magenta, peach.",
      [0x003D5A, 0x01459B, 0x4D46C5, 0x8745D9, 0xBE4BD5, 0xEB5CC0, 0xFF84AA, 0xFFAFAB, 0xFFD3C1]),
    // Five points of lightness 0.40 to 0.95, chroma 0.20 0.24 0.21 0.14 0.06, hue 0.76 to 1.24 turns in OKLCh.
    .init("orchid", "Violet, magenta, coral, cream.", [0x2F2CB0, 0xA222C7, 0xF64E91, 0xFFAA86, 0xFFEDC5]),
    .init("deep", "Midnight blue, azure, turquoise, pale green.", [0x171A5C, 0x2C3FA8, 0x1F86B8, 0x4FCDB8, 0xE0F8D2]),
    .init("warm", "Rose red, orange, apricot, cream.", [0xF0445C, 0xFF7D55, 0xFFC07A, 0xFFF4DA]),
    .init(
      "nebula", "Indigo, violet, magenta, coral, apricot, white.",
      [0x1B0D4A, 0x4A22B0, 0xB92FA8, 0xFF5F6A, 0xFFB46E, 0xFFF6DF]),
    .init(
      "ember", aliases: ["fire", "heat"], "Black, dark red, orange, yellow, white: hot coal.",
      [0x140308, 0x5A0C18, 0xC4260F, 0xFF6A12, 0xFFB838, 0xFFE9A3, 0xFFF8E6]),
    .init("coral", "Dark wine, crimson, coral, cream.", [0x3A0F2B, 0xA3264F, 0xFF6B5E, 0xFFB48A, 0xFFF0D6]),
    .init("sea", "Navy, petrol, turquoise.", [0x06243A, 0x0D6A86, 0x58D0C8]),
    .init("dusk", "Night blue, violet, plum, rose, apricot.", [0x0B1030, 0x2A2166, 0x7B2F7F, 0xE0607A, 0xFFB27A]),
    .init(
      "daybreak", "Indigo, blue, cyan, mint, straw, apricot.",
      [0x26307F, 0x3A63D8, 0x35B8D6, 0xB7F0C4, 0xFFE9A8, 0xFFB36B]),
    .init(
      "borealis", "Night green, teal, mint, frost.", [0x04262E, 0x0F5A63, 0x2AA890, 0x6DF0B4, 0xEFFFF0]),
    .init("lagoon", "Navy, petrol, turquoise, foam.", [0x06243A, 0x0D6A86, 0x58D0C8, 0xEAFFF4]),
    .init("glacier", "Night blue, cobalt, periwinkle, ice.", [0x0A0F2E, 0x233A8F, 0x5B7BE0, 0xA9C4FF, 0xF5F9FF]),
    .init("brass", "Umber, bronze, brass, candlelight.", [0x1A0D06, 0x5A3010, 0xB87428, 0xF2C25C, 0xFFF6DC]),
    .init("mist", "Dark blue to dim teal.", [0x0A2A44, 0x2C9BA8]),
    .init("jade", "Dark green to jade.", [0x063A44, 0x46DFAE]),
    .init("mint", "Dark teal to mint.", [0x0A4A48, 0x6DF5BB]),
    .init("amber", "Rust to amber.", [0xC2603A, 0xFFC27D]),
    .init("cream", "Apricot cream to white.", [0xFFD3A8, 0xFFF6E2]),
    .init("bone", "Ink to bone.", [0x0D0E14, 0xF3EADB]),
    .init("vermilion", "Ink, vermilion, pale rose.", [0x0D0E14, 0xFF4B24, 0xFFC2A6]),
    .init(
      "temperature", "Cool to warm: blue, white, orange, red.", [0x14264F, 0x3F7FD9, 0xDCE8F2, 0xFFB56B, 0xE8452A]),
    .init("gray", "Black to white, level by level.", [0x000000, 0xFFFFFF], space: .rgb),
  ]

  private static let discrete: [BuiltinGradient] = [
    steps("neon", "Pink, green, violet, yellow, blue.", [0xFF0066, 0x00FF99, 0x6600FF, 0xFFFF00, 0x00CCFF]),
    steps("pastel", "Pale red, orange, yellow, green, blue.", [0xFFB3BA, 0xFFDFBA, 0xFFFFBA, 0xBAFFC9, 0xBAE1FF]),
    steps("mono_green", "Five greens of a phosphor screen.", [0x002800, 0x005000, 0x008C00, 0x00C800, 0x00FF00]),
    steps("mono_amber", "Five ambers of a phosphor screen.", [0x281400, 0x503200, 0x8C5A00, 0xC88C00, 0xFFBF00]),
    steps("cyberpunk", "Red, aqua, violet, yellow.", [0xFF003C, 0x00FFC8, 0xB400FF, 0xFFC800]),
    steps("vaporwave", "Pink, sky blue, lilac, mint.", [0xFF71CE, 0x01CDFE, 0xB967FF, 0x05FFA1]),
    steps("earth", "Soil, clay, sand, straw, chalk.", [0x563A1A, 0x8B5A2B, 0xBD9A5B, 0xDEC188, 0xF5E6C1]),
    steps("ice", "Pale to deep blue.", [0xC8E6FF, 0x96C8F0, 0x64AAE6, 0x3C82D2, 0x1E50B4]),
    steps("blood", "Dark to light red.", [0x500000, 0x8C0A0A, 0xC81414, 0xFF321E, 0xFF6450]),
    steps("forest", "Dark to light green.", [0x0A1E0A, 0x143C0F, 0x1E6414, 0x329632, 0x50C832]),
  ]

  private static func steps(_ name: String, _ summary: String, _ colors: [UInt32]) -> BuiltinGradient {
    .init(name, summary, colors, space: .steps)
  }
}
