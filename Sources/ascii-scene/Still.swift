import Renderer

/// A PNG that a command makes of a scene.
enum Still {
  /// `scenes/intro.yaml` → `intro.png`, in the working folder.
  static func path(of scene: String, extension suffix: String) -> String { "\(ScenePaths.name(of: scene)).\(suffix)" }

  /// Writes a picture whole or not at all, and over none of `inputs`. Throws `CommandFailure` where it cannot.
  static func write(_ picture: Picture, to path: String, inputs: [String]) throws {
    do {
      try OutputTarget(path: path, inputs: inputs, extensions: ["png"]).write(picture.png)
    } catch { throw CommandFailure(error) }
  }
}
