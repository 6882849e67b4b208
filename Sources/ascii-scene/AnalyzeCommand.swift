import Renderer
import SceneLang

/// `ascii-scene analyze`: what was found in a sound, for people, programs and the eye.
enum AnalyzeCommand: Command {
  static let declaration = CommandDeclaration(
    "analyze", "Prints what is found in a sound: tempo, beats, sections and features.",
    positionals: [Positional("FILE", .one, "A sound file, or a scene that listens to one.")],
    options: [format, picture, tempo] + CommonOptions.scene,
    example: "ascii-scene analyze song.ogg --format csv --picture song.png")

  enum Format: String, Sendable, CaseIterable { case human, json, csv }
  private static let format = Option<Format>(
    choice: "format", default: .human, "A summary, or everything; features once per analysis frame.")
  private static let picture = Option<String?>(
    "picture", value: "FILE", default: nil, "Draws waveform, spectrum, bands, beats and sections as a PNG."
  ) { (value, text) throws(InvalidValue) in value = text }
  private static let tempo = Option<Int?>(
    "tempo", value: "BPM", default: nil, "Beats per minute where they are known, for a sound file."
  ) { (value, text) throws(InvalidValue) in value = try CommonOptions.integer(text, in: 20...400) }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.positionals[0]
    let sound = try analysis(of: path, arguments, console)
    switch arguments[format] {
    case .human: try console.write(SoundReport.summary(sound))
    case .json: try console.write(SoundReport.json(sound).text + "\n")
    case .csv: try console.write(SoundReport.csv(sound))
    }
    if let picture = arguments[picture] {
      try Still.write(SoundPicture.draw(sound), to: picture, inputs: [path])
    }
    return .success
  }

  private static func analysis(
    of path: String, _ arguments: ParsedArguments, _ console: Console
  ) throws -> SoundAnalysis {
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      guard arguments[tempo] == nil else {
        throw CommandFailure(.usage, "`--tempo` is that of a sound file", help: "a scene says its own: `tempo: 120`")
      }
      let scene = try SceneLoader.scene(path, arguments, console)
      guard let sound = scene.sound else {
        throw CommandFailure(.scene, "`\(path)` listens to no track", help: "give it one, `audio: {track: song.ogg}`")
      }
      return sound
    }
    do {
      return try SceneEars.library.analysis(
        of: SoundMix(path: path), [MediaFile(path: path)], tempo: arguments[tempo].map(Double.init))
    } catch { throw CommandFailure(error) }
  }
}
