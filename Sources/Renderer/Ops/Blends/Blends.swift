import KernelTable
import SceneLang

/// The blend modes of the catalogue. The formulas are those of W3C Compositing and Blending, level 1, on sRGB levels; Cb
/// is the color below, Cs the layer's.
enum Blends {
  static let all: [(mode: BlendMode, declaration: OpDeclaration)] = [
    (.add, blend("add", aliases: ["plus", "linear_dodge"], "The sum, at most white: min(1, Cb + Cs).")),
    (.color, blend("color", keepsBlack: true, "The layer's hue and saturation with the luminosity of what is below.")),
    (
      .colorBurn,
      blend(
        "color_burn", keepsBlack: true, darkens: true, crushes: true, aliases: ["colorburn"],
        "Darkens what is below by the layer: 1 − min(1, (1 − Cb) / Cs).")
    ),
    (
      .colorDodge,
      blend(
        "color_dodge", keepsBlack: true, aliases: ["colordodge"],
        "Lightens what is below by the layer: min(1, Cb / (1 − Cs)).")
    ),
    (.darken, blend("darken", keepsBlack: true, darkens: true, "The smaller of each channel: min(Cb, Cs).")),
    (.difference, blend("difference", "How far apart the colors are: |Cb − Cs|.")),
    (.exclusion, blend("exclusion", "A softer difference: Cb + Cs − 2·Cb·Cs.")),
    (.grainExtract, blend("grain_extract", "What the layer lacks, around the middle grey: Cb − Cs + ½.")),
    (.grainMerge, blend("grain_merge", "Adds the layer as a change from the middle grey: Cb + Cs − ½.")),
    (
      .hardLight,
      blend("hard_light", aliases: ["hardlight"], "Multiplies or screens, by the layer: overlay, the other way round.")
    ),
    (.hardMix, blend("hard_mix", aliases: ["hardmix"], "Full or empty channels: 1 where Cb + Cs ≥ 1, else 0.")),
    (.hue, blend("hue", keepsBlack: true, "The layer's hue with the saturation and luminosity of what is below.")),
    (.lighten, blend("lighten", "The larger of each channel: max(Cb, Cs).")),
    (.linearLight, blend("linear_light", aliases: ["linearlight"], "Burns or adds, by the layer: Cb + 2·Cs − 1.")),
    (.luminosity, blend("luminosity", "The layer's luminosity with the hue and saturation of what is below.")),
    (
      .multiply, blend("multiply", keepsBlack: true, darkens: true, crushes: true, "The product, never lighter: Cb·Cs.")
    ),
    (.normal, blend("normal", "The layer over what is below: Cs.")),
    (
      .overlay,
      blend(
        "overlay", keepsBlack: true, crushes: true,
        "Multiplies the dark and screens the light: 2·Cb·Cs, or 1 − 2·(1 − Cb)·(1 − Cs).")
    ),
    (
      .pinLight,
      blend(
        "pin_light", aliases: ["pinlight"], "Replaces what is darker or lighter: min(Cb, 2·Cs), or max(Cb, 2·Cs − 1).")
    ),
    (
      .saturation,
      blend("saturation", keepsBlack: true, "The layer's saturation with the hue and luminosity of what is below.")
    ),
    (.screen, blend("screen", "The product of the complements, never darker: Cb + Cs − Cb·Cs.")),
    (
      .softLight,
      // W3C's, as the other blends here. The catalogue's (1 − 2·Cs)·Cb² + 2·Cs·Cb has no kink at Cs = ½, but is up to 28
      // levels away from what browsers show under this name.
      blend(
        "soft_light", keepsBlack: true, aliases: ["softlight"],
        "Darkens or lightens gently, by the layer; never to black or white.")
    ),
    (
      .subtract,
      blend(
        "subtract", keepsBlack: true, darkens: true, "What is below less the layer, at least black: max(0, Cb − Cs).")
    ),
    (
      .vividLight,
      blend(
        "vivid_light", keepsBlack: true, aliases: ["vividlight"], "Burns with 2·Cs below ½, dodges with 2·Cs − 1 above."
      )
    ),
  ]

  /// The mode of a lowered layer. Precondition: Analysis found the name in the catalogue, so it is here.
  static func mode(_ name: String) -> BlendMode {
    guard let entry = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no blend named `\(name)`")
    }
    return entry.mode
  }

  private static func blend(
    _ name: String, keepsBlack: Bool = false, darkens: Bool = false, crushes: Bool = false, aliases: [String] = [],
    _ summary: String
  ) -> OpDeclaration {
    var cautions: Set<Caution> = []
    if darkens { cautions.insert(.darkensFeedback) }
    if crushes { cautions.insert(.crushesDark) }
    return OpDeclaration(
      .blend, name, aliases: aliases, summary, facts: .init(keepsBlack: keepsBlack), cautions: cautions,
      example: "blend: \(name)")
  }
}
