import SceneLang

/// A grid of the catalogue: its name and the size of its characters.
public struct BuiltinGrid: Sendable {
  public let declaration: OpDeclaration
  /// Pixels when the shorter side has 1080. The layer chooses the face.
  public let fontSize: Double

  init(_ name: String, aliases: [String], _ fontSize: Double, landscape: String) {
    declaration = OpDeclaration(
      .grid, name, aliases: aliases, "Characters of \(Int(fontSize)) pixels, \(landscape) in landscape.",
      example: "grid: \(name)")
    self.fontSize = fontSize
  }
}

/// The grids of CATALOGUE G-2, from fine to coarse. Columns and rows follow from the face.
public enum BuiltinGrids {
  public static let all: [BuiltinGrid] = [
    .init("xs", aliases: ["extra_small"], 8, landscape: "384×108"),
    .init("sm", aliases: ["small"], 10, landscape: "320×83"),
    .init("md", aliases: ["medium"], 16, landscape: "192×56"),
    .init("lg", aliases: ["large"], 20, landscape: "160×45"),
    .init("xl", aliases: ["extra_large"], 24, landscape: "137×37"),
    .init("xxl", aliases: ["huge"], 40, landscape: "80×22"),
  ]
}
