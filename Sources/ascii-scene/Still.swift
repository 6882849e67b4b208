import Renderer
import SceneLang

/// A PNG that a command makes of a scene.
enum Still {
  /// `scenes/intro.yaml` → `intro.png`, in the working folder.
  static func path(of scene: String, extension suffix: String) -> String { "\(ScenePaths.name(of: scene)).\(suffix)" }

  /// Writes a picture whole or not at all, and over none of `inputs`; unless the command line names it (`isNamed`), over no
  /// file of another kind. Throws `CommandFailure` where it cannot.
  static func write(_ picture: Picture, to path: String, isNamed: Bool = true, inputs: [String]) throws {
    let format = PictureFormat(width: picture.width, height: picture.height, fps: FrameRate(1))
    if !isNamed, let stranger = Output(path: path, format: .png).strangerInPlace(frameCount: 1, format) {
      throw CommandFailure(
        .scene, "`\(stranger)` is no .png file, and the picture would replace it", help: "name the picture with `-o`")
    }
    // Its hidden file is there no longer than it is written to.
    let bytes = picture.png
    do {
      try OutputTarget(path: path, inputs: inputs, extensions: ["png"]).write(bytes)
    } catch { throw CommandFailure(error) }
  }
}
