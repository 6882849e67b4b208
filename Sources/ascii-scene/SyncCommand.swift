import Renderer
import SceneLang

/// `ascii-scene sync`: whether the light jumps when the beat falls.
enum SyncCommand: Command {
  static let declaration = CommandDeclaration(
    "sync",
    "Compares cuts and jumps of brightness, a frame's mean by more than 30 of 255, with the beats of the track.",
    positionals: [.scene],
    options: [strict] + CommonOptions.scene + [CommonOptions.kernels, CommonOptions.format],
    example: "ascii-scene sync intro.yaml --resolution 320x180")

  private static let strict = Option<Bool>(
    flag: "strict",
    "Fails with exit code 5 unless the mean is below 20 ms, the greatest below a frame, and no beat is missed.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.positionals[0]
    let scene = try SceneLoader.load(path, arguments, console)
    guard let sound = scene.graph.sound else {
      throw CommandFailure(.scene, "`\(path)` listens to no track", help: "give it one, `audio: {track: song.ogg}`")
    }
    let kernels = try arguments.kernels()
    let levels: [Double]
    do { levels = try SyncReport.levels(of: scene.graph, kernels: kernels) } catch { throw CommandFailure(error) }
    let report = SyncReport(
      levels: levels, cuts: SyncReport.cuts(of: scene.graph), fps: scene.graph.format.fps, beats: sound.beats)
    try console.write(arguments[CommonOptions.format] == .json ? json(report).text + "\n" : text(report))
    let frame = 1 / scene.graph.format.fps.value
    let isFine = report.beatsWithoutJump == 0 && report.mean < 0.02 && report.greatest < frame
    return arguments[strict] && !isFine ? .verification : .success
  }

  private static func text(_ report: SyncReport) -> String {
    func milliseconds(_ seconds: Double) -> String { ProgressText.decimal(seconds * 1000) + " ms" }
    let distance =
      report.distances.isEmpty
      ? "no jump is near a beat"
      : "mean \(milliseconds(report.mean)), 95 % \(milliseconds(report.percentile95)), "
        + "greatest \(milliseconds(report.greatest))"
    return """
      \(report.beats) beats, \(report.jumps) jumps of brightness, \(report.cuts) of them cuts
      distance: \(distance)
      \(report.beatsWithoutJump) beats without a jump, \(report.strayJumps) jumps without a beat

      """
  }

  private static func json(_ report: SyncReport) -> JSONValue {
    func seconds(_ number: Double) -> JSONValue { report.distances.isEmpty ? .null : .number(number) }
    return .object([
      ("beats", .int(report.beats)), ("jumps", .int(report.jumps)), ("cuts", .int(report.cuts)),
      ("matched", .int(report.distances.count)),
      ("beatsWithoutJump", .int(report.beatsWithoutJump)), ("jumpsWithoutBeat", .int(report.strayJumps)),
      ("meanSeconds", seconds(report.mean)), ("percentile95Seconds", seconds(report.percentile95)),
      ("greatestSeconds", seconds(report.greatest)),
    ])
  }
}
