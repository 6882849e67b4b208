import Renderer
import SceneLang

/// The options that several commands share, so that a name means the same everywhere.
enum CommonOptions {
  static let output = Option<String?>(
    "output", short: "o", value: "FILE", default: nil, "Where the result is written; it appears whole or not at all.",
    once: "`build` makes several files of a scene that lists them under `output:`"
  ) { (value, text) throws(InvalidValue) in value = try nonEmpty(text) }

  static let workers = Option<Int?>(
    "workers", value: "N", default: nil, "Clips rendered at once; 0 or none: as many as cores and memory allow."
  ) { (value, text) throws(InvalidValue) in
    let count = try integer(text, in: 0...1024)
    value = count == 0 ? nil : count
  }

  static let memory = Option<ByteCount?>(
    "memory", value: "SIZE", default: nil, "Memory that the workers may take together, such as 2GB; else 60 % of all."
  ) { (value, text) throws(InvalidValue) in value = try ByteCount(parsing: text) }

  static let polite = Option<Bool>(flag: "polite", "Leaves a core free and lets other programs go first (nice 10).")

  static let frames = Option<FrameSelection?>(
    "frames", value: "A..B", default: nil, "Frames A to B, B not included; a single N is the first N frames."
  ) { (value, text) throws(InvalidValue) in value = try FrameSelection(parsing: text) }

  static let kernels = Option<KernelLevel?>(
    choice: "kernels", default: nil, "Instruction set of the hot loops; the widest this processor has unless given.")

  static let quality = Option<Quality>(
    choice: "quality", default: .production, "Picture size, frame rate and encoder settings.")

  static let preset = Option<EncoderSettings.Preset?>(
    choice: "preset", default: nil, "Encoder preset, instead of the quality's.")

  static let crf = Option<Int?>(
    "crf", value: "N", default: nil, "Encoder quality 0 (lossless) to 51, instead of the quality's."
  ) { (value, text) throws(InvalidValue) in value = try integer(text, in: EncoderSettings.crfRange) }

  static let cache = Option<String?>(
    "cache", value: "DIR", default: nil,
    "Folder of finished clips. Default: $ASCII_SCENE_CACHE, else ascii-scene in $XDG_CACHE_HOME or ~/.cache."
  ) { (value, text) throws(InvalidValue) in value = try nonEmpty(text) }

  static let set = Option<[ParameterOverride]>(
    "set", value: "NAME=VALUE", default: [], "Another value for one of the scene's params; may be repeated."
  ) { (value, text) throws(InvalidValue) in value.append(try ParameterOverride(parsing: text)) }

  static let aspect = Option<AspectRatio?>(
    "aspect", value: "RATIO", default: nil, "landscape, portrait, square or W:H."
  ) { (value, text) throws(InvalidValue) in value = try AspectRatio(parsing: text) }

  static let resolution = Option<Resolution?>(
    "resolution", value: "WxH", default: nil, "Pixels of the picture, such as 1280x720; wins over aspect and quality."
  ) { (value, text) throws(InvalidValue) in value = try Resolution(parsing: text) }

  static let fps = Option<FrameRate?>(
    "fps", value: "RATE", default: nil, "Frames per second: 24 or 30000/1001."
  ) { (value, text) throws(InvalidValue) in value = try FrameRate(parsing: text) }

  static let speak = Option<Bool>(
    flag: "speak", "Has espeak-ng say the narrations of the scene; else they are only shown.")

  static let allowDetector = Option<String?>(
    "allow-detector", value: "PROGRAM", default: nil,
    "Has this program find the subjects of pictures; see docs/language.md."
  ) { (value, text) throws(InvalidValue) in value = try nonEmpty(text) }

  static let root = Option<String?>(
    "root", value: "DIR", default: nil,
    "A folder around the scene's own whose files it may read, too."
  ) { (value, text) throws(InvalidValue) in value = try nonEmpty(text) }

  static let allowHeavy = Option<Bool>(
    flag: "allow-heavy", "Takes scenes whose frames need more than 1e10 operations.")

  enum OutputFormat: String, Sendable, CaseIterable { case human, json }

  static let format = Option<OutputFormat>(choice: "format", default: .human, "How results are printed.")

  static let color = Option<Console.ColorMode>(
    choice: "color", default: .auto, "Colour on terminals, always or never.")

  static let variant = Option<String?>(
    "variant", value: "NAME", default: nil, "One of the scene's variants.",
    once: "`check` looks at all variants, and `build --all-variants` makes them"
  ) { (value, text) throws(InvalidValue) in value = try nonEmpty(text) }

  /// What decides how a scene is compiled, in the order in which help shows it.
  static let scene: [any OptionDeclaration] = [quality] + sceneBesidesQuality

  /// The same for commands that choose the quality themselves.
  static let sceneBesidesQuality: [any OptionDeclaration] = [
    set, variant, aspect, resolution, fps, root, allowHeavy, speak,
    allowDetector,
  ]

  static func integer(_ text: String, in range: ClosedRange<Int>) throws(InvalidValue) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw InvalidValue(expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func nonEmpty(_ text: String) throws(InvalidValue) -> String {
    guard !text.isEmpty else { throw InvalidValue(expected: "a path") }
    return text
  }
}

extension ParsedArguments {
  /// What the quality that was asked for means on this machine.
  var quality: QualitySettings { self[CommonOptions.quality].settings(on: .current()) }

  /// The shape that was asked for; nil where none was, or exact pixels win over it.
  ///
  /// Throws `CommandFailure` for one that is larger than any picture may be at so many pixels of the shorter side.
  func aspect(shorterSide: Int) throws -> AspectRatio? {
    guard let aspect = self[CommonOptions.aspect], self[CommonOptions.resolution] == nil else { return nil }
    let size = aspect.size(shorterSide: shorterSide)
    guard PictureFormat.allows(width: size.width, height: size.height) else {
      throw CommandFailure(
        .usage, "`--aspect \(aspect.width):\(aspect.height)` is \(size.width)x\(size.height) at this quality",
        help: "a picture has sides of 1 to \(PictureFormat.longestSide) pixels and at most \(PictureFormat.mostPixels) "
          + "pixels in all; say other ones with `--resolution`")
    }
    return aspect
  }

  /// Throws `CommandFailure` for `--quality auto`, which is another picture on another machine.
  func refuseAutomaticQuality(for command: String) throws {
    guard self[CommonOptions.quality] == .auto else { return }
    throw CommandFailure(
      .usage, "`\(command)` needs the same pictures on every machine, and `--quality auto` makes others",
      help: "name a quality, such as `--quality production`")
  }
}
