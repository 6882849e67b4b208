/// Words that mean something in YAML 1.1 and other languages, and here only in messages.
enum ForeignWords {
  /// What `yes`, `no`, `on` and `off` stand for; nil for any other word.
  static func boolean(_ key: String) -> String? {
    switch key {
    case "yes", "on": "true"
    case "no", "off": "false"
    default: nil
    }
  }

  /// The colours that pages in a browser know by a word, as far as no gradient has it; nil for any other word. Six
  /// hexadecimal digits without their `#` are a colour, too.
  static func color(_ key: String) -> String? {
    if let known = colors[key] { return known }
    return key.utf8.count == 6 && key.allSatisfy { $0.isASCII && $0.isHexDigit } ? "#\(key)" : nil
  }

  /// What says here what a key means elsewhere; nil for any other key. `known`: the keys that there are.
  static func help(forKey key: String, among known: Set<String>) -> String? {
    keys.first { $0.key == key && known.contains($0.owner) }?.help
  }

  /// Keys, one that is known where the help belongs, and the help.
  private static let keys: [(key: String, owner: String, help: String)] = {
    let look = "what is done to the finished picture is its `look: [bloom, vignette]`"
    let after = "segments follow one another: each has a `duration:`, or lasts `until:` a time of the video"
    return [
      ("background", "segments", "the lowest layer of a segment is its background; without one it is black"),
      ("background", "tone", "the lowest layer of a segment is its background; without one it is black"),
      ("bpm", "tempo", "beats per minute are `tempo: 120bpm`"),
      ("music", "audio", "sound is `audio: {track: song.ogg}`"),
      ("scenes", "segments", "the parts of a video are its `segments:`"),
      ("resolution", "aspect", "pixels are `size: 1920x1080`; `--resolution` builds a scene in others"),
      ("width", "aspect", "pixels are `size: 1920x1080`"),
      ("height", "aspect", "pixels are `size: 1920x1080`"),
      ("shaders", "transition", look),
      ("filters", "transition", look),
      ("post", "transition", look),
      ("shaders", "face", "what is done to a layer is its `look: [gaussian_blur]`"),
      ("filters", "face", "what is done to a layer is its `look: [gaussian_blur]`"),
      ("start", "transition", after),
      ("end", "transition", after),
      ("start", "face", "a layer is shown `from: 1s`, `to: 3s` of its segment"),
      ("end", "face", "a layer is shown `from: 1s`, `to: 3s` of its segment"),
      ("at", "face", "a layer is shown `from: 1s`, `to: 3s` of its segment"),
      ("duration", "face", "a layer is shown `from: 1s`, `to: 3s` of its segment"),
      ("animation", "face", "texts move by a `style: typewriter`, all values by expressions of the time `t`"),
      ("count", "face", "so many at once are `cap: 200`"),
      ("x", "face", "a text stands at `position: [0.5, 0.8]`, shares of the picture from its upper left corner"),
      ("y", "face", "a text stands at `position: [0.5, 0.8]`, shares of the picture from its upper left corner"),
      ("font", "face", "there are two faces, `face: regular` and `face: bold`; a size is `grid: {size: 120px}`"),
      ("size", "face", "the size of characters is `grid: {size: 120px}`, that of a shape one of its arguments"),
      ("speed", "face", "it is an argument of what is shown, as in `plasma(speed=2)`"),
      ("shadow", "face", "a text has a soft shadow by `backdrop: true`"),
      ("glow", "face", "light around it is `look: [bloom]`"),
      ("rotate", "face", "fields and pictures are turned by `transform: [rotate: 10deg]`"),
      ("scale", "face", "fields and pictures are made larger by `transform: [zoom: 2]`"),
    ]
  }()

  private static let colors = [
    "aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "brown": "#a52a2a", "crimson": "#dc143c",
    "cyan": "#00ffff", "gold": "#ffd700", "green": "#008000", "indigo": "#4b0082", "lime": "#00ff00",
    "magenta": "#ff00ff", "maroon": "#800000", "navy": "#000080", "olive": "#808000", "orange": "#ffa500",
    "pink": "#ffc0cb", "purple": "#800080", "red": "#ff0000", "salmon": "#fa8072", "silver": "#c0c0c0",
    "teal": "#008080", "turquoise": "#40e0d0", "violet": "#ee82ee", "white": "#ffffff", "yellow": "#ffff00",
  ]
}

extension Diagnostic {
  static func foreignColor(_ name: Name, _ color: String) -> Diagnostic {
    Diagnostic(
      "unknown_name", "nothing is called `\(name.text)`", at: name.span, caret: "write `\"\(color)\"`",
      help: "colours are written in digits and quoted; `ascii-scene list gradient` prints the words for several")
  }

  static func foreignBoolean(_ text: String, _ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "foreign_boolean", "`\(text)` is text here, not true or false", at: span, caret: "write `\(word)`",
      edit: Edit(span, replacement: word, isSafe: true))
  }
}
