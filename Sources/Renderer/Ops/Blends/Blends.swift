import KernelTable
import SceneLang

/// The blend modes of the catalogue. The formulas are those of W3C Compositing and Blending, level 1, on sRGB levels; Cb
/// is the color below, Cs the layer's.
enum Blends {
  static let all: [(mode: BlendMode, declaration: OpDeclaration)] = [
    (.add, blend("add", aliases: ["plus"], "The sum, at most white: min(1, Cb + Cs).")),
    (.darken, blend("darken", "The smaller of each channel: min(Cb, Cs).")),
    (.difference, blend("difference", "How far apart the colors are: |Cb − Cs|.")),
    (.exclusion, blend("exclusion", "A softer difference: Cb + Cs − 2·Cb·Cs.")),
    (.lighten, blend("lighten", "The larger of each channel: max(Cb, Cs).")),
    (.multiply, blend("multiply", "The product, never lighter: Cb·Cs.")),
    (.normal, blend("normal", "The layer over what is below: Cs.")),
    (.overlay, blend("overlay", "Multiplies the dark and screens the light: 2·Cb·Cs, or 1 − 2·(1 − Cb)·(1 − Cs).")),
    (.screen, blend("screen", "The product of the complements, never darker: Cb + Cs − Cb·Cs.")),
  ]

  /// The mode of a lowered layer. Precondition: Analysis found the name in the catalogue, so it is here.
  static func mode(_ name: String) -> BlendMode {
    guard let entry = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no blend named `\(name)`")
    }
    return entry.mode
  }

  private static func blend(_ name: String, aliases: [String] = [], _ summary: String) -> OpDeclaration {
    OpDeclaration(.blend, name, aliases: aliases, summary, example: "blend: \(name)")
  }
}
