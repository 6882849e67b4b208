import Renderer
import SceneLang

/// `ascii-scene sheet`: a contact sheet, to see a whole video at once.
enum SheetCommand: Command {
  static let declaration = CommandDeclaration(
    "sheet", "Renders a contact sheet of evenly spaced frames as a PNG.", positionals: [.scene],
    options: [count, columns, width, CommonOptions.output] + CommonOptions.scene
      + [CommonOptions.kernels, CommonOptions.workers],
    example: "ascii-scene sheet intro.yaml --count 16 -o sheet.png")

  private static let count = Option<Int>("count", value: "N", default: 12, "Frames on the sheet, 1 to 400.") {
    (value, text) throws(InvalidValue) in value = try CommonOptions.integer(text, in: 1...400)
  }
  private static let columns = Option<Int>("columns", value: "N", default: 4, "Frames side by side, 1 to 20.") {
    (value, text) throws(InvalidValue) in value = try CommonOptions.integer(text, in: 1...20)
  }
  private static let width = Option<Int>(
    "width", value: "N", default: 480, "Pixels of one frame's width, 16 to 1920; at most the video's."
  ) {
    (value, text) throws(InvalidValue) in value = try CommonOptions.integer(text, in: 16...1920)
  }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.positionals[0]
    let scene = try SceneLoader.load(path, arguments, console)
    let total = scene.graph.frameCount
    let number = min(arguments[count], total)
    if number < arguments[count] {
      console.message("note: the video has \(total) \(total == 1 ? "frame" : "frames"), the sheet no more\n")
    }
    // The middles of equal parts, so that neither the first black frame nor the last is all one sees.
    let frames = (0..<number).map { (2 * $0 + 1) * total / (2 * number) }
    let sheet = ContactSheet(
      format: scene.graph.format, count: number, columns: arguments[columns], cellWidth: arguments[width])
    let kernels = try arguments.kernels()
    let renderer = SceneRenderer(graph: scene.graph, kernels: kernels)
    let picture = Picture(width: scene.graph.format.width, height: scene.graph.format.height)
    for (place, frame) in frames.enumerated() {
      do { try renderer.render(frame: frame, into: picture) } catch { throw CommandFailure(error) }
      sheet.put(picture, at: place)
    }
    let output = arguments[CommonOptions.output] ?? Still.path(of: path, extension: "sheet.png")
    try Still.write(sheet.picture, to: output, isNamed: arguments[CommonOptions.output] != nil, inputs: scene.inputs)
    console.message("\(output.terminalSafe): frames \(frames.map(String.init).joined(separator: " "))\n")
    return .success
  }
}
