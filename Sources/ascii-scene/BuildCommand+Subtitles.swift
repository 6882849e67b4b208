import Renderer
import SceneLang

/// The words with times that a scene shows, for players to show.
extension BuildCommand {
  static let subtitles = Option<Bool>(
    flag: "subtitles", "Writes the words with times that the scene shows beside the video: words.srt for words.mp4.")

  static let muxSubtitles = Option<Bool>(
    flag: "mux-subtitles", "Puts the words with times that the scene shows into an .mp4, as a track for players.")

  /// Throws `CommandFailure` where subtitles are asked for that there cannot be.
  static func checkSubtitles(of jobs: [Job], _ arguments: ParsedArguments, _ console: Console) throws {
    guard arguments[subtitles] || arguments[muxSubtitles] else { return }
    if let silent = jobs.first(where: { $0.scene.cues.isEmpty }) {
      throw CommandFailure(.scene, "`\(silent.plan.scene)` shows no words with times, so it has no subtitles")
    }
    if let silent = jobs.first(where: { $0.plan.subtitles?.isEmpty == true }) {
      throw CommandFailure(.scene, "the part of `\(silent.plan.scene)` that is built shows no words with times")
    }
    if arguments[muxSubtitles], let other = jobs.first(where: { $0.plan.output.format != .mp4 }) {
      throw CommandFailure(
        .usage, "a .\(other.plan.output.format.rawValue) carries no subtitles",
        help: "`--subtitles` writes them beside it")
    }
    if !jobs.contains(where: { $0.plan.output.isVideo }) {
      console.message("note: no subtitles are written beside pictures\n")
    }
  }

  /// On the clock of the video that is built, which may be a part of the scene.
  static func subtitleTrack(_ scene: CompiledScene, _ plan: BuildPlan) -> String {
    let span = seconds(of: plan)
    return SubRip.track(scene.cues, from: span.start, to: span.end)
  }

  /// The same beside the video.
  static func writeSubtitles(of job: Job) throws {
    let span = seconds(of: job.plan)
    let text = SubRip.text(job.scene.cues, from: span.start, to: span.end)
    do { try subtitlesTarget(of: job).write(Array(text.utf8)) } catch { throw CommandFailure(error) }
  }

  /// Throws also where something else than subtitles has their name.
  static func subtitlesTarget(of job: Job) throws(BuildFailure) -> OutputTarget {
    let video = job.plan.output.path
    let path = "\(video.lastIndex(of: ".").map { String(video[..<$0]) } ?? video).srt"
    if let existing = try? SceneFiles.read(path), !existing.isEmpty,
      !String(decoding: existing, as: UTF8.self).contains("-->")
    {
      throw BuildFailure(
        .writing, "`\(path)` holds no subtitles and is not written over", help: "move it, or name the video otherwise")
    }
    return try OutputTarget(path: path, inputs: job.plan.inputs, extensions: ["srt"])
  }

  /// Where the part that is built begins and ends in the whole video.
  private static func seconds(of plan: BuildPlan) -> (start: Double, end: Double) {
    let (fps, frames) = (plan.graph.format.fps, plan.frames ?? 0..<plan.graph.frameCount)
    return (fps.seconds(ofFrame: frames.lowerBound), fps.seconds(ofFrame: frames.upperBound))
  }
}
