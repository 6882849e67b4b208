import Renderer
import SceneLang

/// The sidecar of a video: what it was made of, by whom and how, as JSON.
///
/// Only `build` depends on the machine and the run; the rest is the same for the same scene, program and ffmpeg.
struct ProvenanceText {
  let report: BuildReport
  let provenance: BuildProvenance
  let plan: BuildPlan
  let scene: CompiledScene
  let arguments: ParsedArguments

  /// `film.mp4` → `film.mp4.provenance.json`.
  static func path(of video: String) -> String { "\(video).provenance.json" }

  func json() throws(BuildFailure) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("asciiScene", .string(CommandTable.version)), ("digest", hash(provenance.digest)),
      ("video", .string(report.output)), ("frames", .int(report.frames)),
      ("size", .string("\(plan.graph.format.width)x\(plan.graph.format.height)")),
      ("fps", .string("\(plan.graph.format.fps)")), ("scene", sceneJSON), ("engine", hash(provenance.engine)),
      ("ffmpeg", .string(provenance.ffmpeg)), ("encoder", .string(provenance.encoder)),
      ("faces", .array(BuildProvenance.faces.map { ["name": .string($0.name), "hash": hash($0.hash)] })),
      ("assets", .array(try assets())),
    ]
    if let sound = provenance.sound { members.append(("sound", hash(sound))) }
    members += [("frameTree", frameTree), ("build", build)]
    return .object(members)
  }

  private var sceneJSON: JSONValue {
    var members: [(String, JSONValue)] = [
      (
        "files",
        .array(
          scene.sources.map { ["path": .string($0.path), "hash": hash(BuildProvenance.hash(of: $0.bytes))] })
      ),
      ("quality", .string(arguments[CommonOptions.quality].rawValue)),
      ("set", .object(arguments[CommonOptions.set].map { ($0.name, .string($0.value)) })),
    ]
    if let variant = arguments[CommonOptions.variant] { members.append(("variant", .string(variant))) }
    return .object(members)
  }

  private func assets() throws(BuildFailure) -> [JSONValue] {
    try (plan.graph.audio?.tracks ?? []).map { (track) throws(BuildFailure) in
      ["path": .string(track.path), "hash": hash(try BuildProvenance.hash(ofFile: track.path))]
    }
  }

  private var frameTree: JSONValue {
    [
      "hash": hash(provenance.frameHash),
      "clips": .array(
        provenance.clips.map { clip in
          [
            "first": .int(clip.frames.lowerBound), "end": .int(clip.frames.upperBound), "key": hash(clip.key),
            "hash": hash(clip.hash), "frames": .array(clip.frameHashes.map(hash)),
          ]
        }),
    ]
  }

  private var build: JSONValue {
    [
      "seconds": .number(report.seconds), "joinSeconds": .number(report.joinSeconds), "workers": .int(plan.workers),
      "clipsRendered": .int(report.clips.rendered), "clipsCached": .int(report.clips.cached),
      "bytes": .int(report.outputBytes),
    ]
  }

  private func hash(_ hash: ContentHash) -> JSONValue { .string("\(hash)") }
}
