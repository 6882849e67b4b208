import Renderer
import SceneLang

/// `ascii-scene schema`: what editors need to complete and check scenes.
enum SchemaCommand: Command {
  static let declaration = CommandDeclaration(
    "schema", "Prints the JSON Schema of scene files, for editors.",
    example: "ascii-scene schema > scene.schema.json   # then: # yaml-language-server: $schema=scene.schema.json")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try console.write(SceneSchema(.builtin).json.prettyText)
    return .success
  }
}
