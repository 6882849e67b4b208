extension KeyTable {
  static let scene = KeyTable.named("scene")
  static let library = KeyTable.named("library")
  static let video = KeyTable.named("video")
  static let audio = KeyTable.named("audio")
  static let track = KeyTable.named("track")
  static let beats = KeyTable.named("beats")
  static let input = KeyTable.named("input")
  static let cue = KeyTable.named("cue")
  static let spokenLine = KeyTable.named("spoken line")
  static let defaults = KeyTable.named("defaults")
  static let overlay = KeyTable.named("overlay")
  static let variant = KeyTable.named("variant")
  static let output = KeyTable.named("output")

  private static let libraryKeys: [KeyDeclaration] = [
    .init(
      "ascii_scene", .words(["1"]), required: true,
      "The version of the language; first, so that files tell what they are."),
    .init("title", .template, "What the video is called."),
    .init("import", .named(.text), "Other files by the name under which this one knows them, as in `neon.heat`."),
    .init(
      "params", .named(.either([.value(.number, rate: .constant), .table("parameter")])),
      "Values that the command line may set, `--set name=value`; those of a library stay as it says."),
    .init(
      "fields", .named(.either([.call(.field), .table("field")])), "Fields of your own, used like the built-in ones."),
    .init(
      "eases", .named(.value(.number, rate: .frame)),
      "Curves for keyframes: expressions of `p`, which runs from 0 to 1."),
    .init(
      "gradients", .named(.either([.colors, .table("gradient")])), "Colours along 0…1."),
    .init("palettes", .named(.either([.text, .table("palette")])), "Characters from blank to full."),
    .init("shaders", .named(.table("pixel shader")), "Shaders of your own, used like the built-in ones."),
    .init("looks", .named(.either([.look, .table("look definition")])), "Chains of shaders under one name."),
    .init(
      "templates", .named(.either([.table("segment template"), .table("layer template")])),
      "Segments and layers written once and used by `use:`."),
    .bindings(rate: .pixel),
  ]

  private static let time = KeyShape.value(.number, .time, in: 0...Analyzer.longest, rate: .constant)
  private static let fade = KeyShape.value(.number, .time, in: 0...Analyzer.longestFade, rate: .constant)

  private static func track(required: Bool) -> KeyDeclaration {
    .init("track", .text, required: required, "The sound file, from the scene's folder.")
  }
  private static let placeKeys: [KeyDeclaration] = [
    .init("start", time, "When it begins in the video."),
    .init("from", time, "Where in the file it begins."),
    .init("to", time, "Where in the file it ends; at its end unless given."),
    .init("gain", .value(.number, in: 0...8, rate: .constant), "Scales the samples."),
    .init("fade_in", fade, "How long it rises at its beginning."),
    .init("fade_out", fade, "How long it sinks at its end, or at that of the video."),
    .init("duck", .value(.number, in: 0...1, rate: .constant), "To what share the other tracks sink while it sounds."),
  ]

  /// Keys of inputs that show something, and of those that are said.
  static let pictureKeys = ["subject", "fit", "from", "to", "speed", "loop", "clock", "fps"]
  static let narrationKeys = ["start", "outro", "length", "voice", "pace", "duck"]

  private static let inputRules: [KeyRule] =
    ["image", "images", "video"].map { .excludes($0, narrationKeys) } + [
      .excludes("lyrics", pictureKeys + narrationKeys.filter { $0 != "start" }), .excludes("narration", pictureKeys),
      .excludes("lut", pictureKeys + narrationKeys), .needs("fps", oneOf: ["images"]),
    ]
  private static let audioRules: [KeyRule] =
    [.someOf(["track", "tracks", "features"]), .excludes("tracks", ["track"] + placeKeys.map(\.name))]
    + placeKeys.map { .needs($0.name, oneOf: ["track", "tracks"]) }
    + ["loudness", "beats"].map { .needs($0, oneOf: ["track", "tracks"]) }

  static let sceneTables: [KeyTable] = [
    KeyTable(
      "scene", "A file that becomes a video.",
      // The only segment lasts as long as the track.
      rules: [.itemsNeed("segments", oneOf: ["duration", "until", "use", "cut"], alone: "audio")],
      libraryKeys + [
        .init("video", .table("video"), "The shape and the clock of the picture."),
        .init(
          "particle_caps", .named(.value(.integer, in: particleCaps, rate: .constant)),
          "The most particles at once, by system, and as `total` of all layers of a segment; over it the oldest go."),
        .init(
          "tempo", .either([.value(.number, in: 20...400, rate: .constant), .text]), "Beats per minute, as in `120bpm`."
        ),
        .init("audio", .table("audio"), "What is heard."),
        .init("inputs", .named(.table("input")), "Pictures and words by these names, as in `clip.luma`."),
        .init("seed", .text, "Another seed gives other random values everywhere."),
        .init("defaults", .table("defaults"), "What layers and segments have that do not say otherwise."),
        .init(
          "segments", .list(.either([.table("segment"), .table("cut")])), "The parts of the video, one after another."),
        .init(
          "overlay", .either([.list(.table("layer")), .table("overlay")]),
          "Layers over all segments, on the clock of the video."),
        .init("variants", .named(.table("variant")), "Versions of the video, chosen by `--variant`."),
        .init(
          "output", .either([.template, .table("output"), .list(.either([.template, .table("output")]))]),
          "The file of the video; `{variant}` stands for the variant's name."),
        .init(
          "golden", .list(.value(.number, .time, rate: .constant)),
          "Moments whose frames `ascii-scene test` compares; else the first, the middle and the last of each segment."),
      ]),
    KeyTable("library", "A file of definitions that scenes import.", libraryKeys),
    KeyTable(
      "video", "The shape and the clock of the picture.", rules: [.excludes("size", ["aspect"])],
      [
        .init(
          "aspect", .words(AspectRatio.shapes.keys.sorted()),
          "The shape; the quality decides how many pixels, unless the name does (`4k`)."),
        .init("size", .text, "Exact pixels, such as `1920x1080`; both even for .mp4 and .webm."),
        .init(
          "fps", .either([.value(.number, in: 1...240, rate: .constant), .text]),
          "Frames per second, such as 24 or 30000/1001."),
      ]),
    KeyTable(
      "audio", "What is heard.", rules: audioRules,
      [track(required: false)] + placeKeys + [
        .init("tracks", .list(.table("track")), "Several over one another."),
        .init(
          "features", .words(["synthetic", "track"]),
          "Where `bass`, `beat` and the like come from; `synthetic` needs no track."),
        .init("loudness", .value(.number, in: -40 ... -5, rate: .constant), "Of the whole, in LUFS (EBU R 128)."),
        .init(
          "beats", .either([.table("beats"), .list(.value(.number, .time, rate: .constant))]),
          "In place of the beats that are heard."),
        .init("markers", .named(time), "Names for moments, read as `audio.chorus`."),
      ]),
    KeyTable("track", "A sound file and its place in the video.", [track(required: true)] + placeKeys),
    KeyTable(
      "beats", "Beats at equal distances.",
      [
        .init("tempo", .value(.number, in: 20...400, rate: .constant), required: true, "Beats per minute."),
        .init("first", time, "When the first one falls."),
        .init("meter", .value(.integer, in: 1...16, rate: .constant), "Beats in a bar; 4 unless given."),
      ]),
    KeyTable(
      "input", "A picture that fields read, words with times, or a table of colors.",
      oneOf: ["image", "images", "video", "lyrics", "narration", "lut"], rules: inputRules,
      [
        .init("subject", .text, "A picture that is bright where the subject is, in place of what is found."),
        .init("image", .text, "A still (PNG, JPEG, WebP, BMP) or an animation (GIF, APNG)."),
        .init("images", .text, "Stills one after another: one `*` stands for what differs, as in `shots/*.png`."),
        .init("video", .text, "A video: MP4, WebM, MKV, AVI, MOV."),
        .init(
          "lyrics", .either([.text, .list(.table("cue"))]),
          "Words with times: SubRip, WebVTT or LRC, or a list of cues."),
        .init("lut", .text, "A table of colors that the shader `lut` reads: a .cube file."),
        .init(
          "narration", .list(.either([.text, .table("spoken line")])),
          "Lines that are shown one after another, and with `--speak` said by espeak-ng."),
        .init(
          "start", .value(.number, .time, in: -Analyzer.longest...Analyzer.longest, rate: .constant),
          "Of `lyrics` and `narration`: when they begin in the video; 5 s unless given for the latter. Below 0 lyrics begin before it, as those of a song of which it is a part."
        ),
        .init("outro", time, "Of `narration`: how long its end is after its last line; 4 s unless given."),
        .init(
          "length", time, "Of `narration`: the whole, which pauses of a second or more between the lines fill."),
        .init("voice", .text, "Of `narration`: a language or voice of espeak-ng; `en` unless given."),
        .init(
          "pace", .value(.number, in: 80...450, rate: .constant), "Of `narration`: words a minute; 160 unless given."),
        .init(
          "duck", .value(.number, in: 0...1, rate: .constant),
          "Of `narration`: to what share the tracks sink while a line is said; 0.4 unless given."),
        .init(
          "fit", .words(PictureInput.Fit.allCases.map(\.rawValue)),
          "How it is laid over the picture; `cover` unless given."),
        .init("from", time, "Where in the file it begins."),
        .init("to", time, "Where in the file it ends; at its end unless given."),
        .init("speed", .value(.number, in: -16...16, rate: .constant), "How fast it runs; below 0 backwards."),
        .init("loop", .flag, "Whether it begins again at its end; else its last frame stays."),
        .init(
          "clock", .words(CheckedPicture.Clock.allCases.map(\.rawValue)),
          "Whether it begins with each segment or runs on through the video."),
        .init("fps", .value(.number, in: 0.1...240, rate: .constant), "Of `images`: stills a second; 12 unless given."),
      ]),
    KeyTable(
      "cue", "Words that are shown for a while.",
      [
        .init("from", time, required: true, "When they appear in the video."),
        .init("to", time, required: true, "When they are gone."),
        .init("text", .template, required: true, "The words."),
      ]),
    KeyTable(
      "spoken line", "A line of a narration.",
      [
        .init("text", .template, required: true, "The words that are shown."),
        .init("say", .template, "What is said in their place, as a speaker of the language would write it."),
      ]),
    KeyTable(
      "defaults", "What layers and segments have that do not say otherwise.",
      [
        .init("layers", .table("layer defaults"), "Keys of layers."),
        .init("segments", .table("segment defaults"), "Keys of segments."),
      ]),
    KeyTable(
      "overlay", "Layers over all segments.",
      [
        .init("layers", .list(.table("layer")), required: true, "The layers, the lowest first."),
        .init("under", .words(["look"]), "Below the looks of the segments instead of above them."),
      ]),
    KeyTable(
      "variant", "One version of the video.",
      [
        .init("video", .table("video"), "In place of the scene's."),
        .init("set", .named(.value(.number, rate: .constant)), "Values of the scene's `params`."),
      ]),
    KeyTable(
      "output", "A file that a build makes.",
      [
        .init(
          "file", .template, required: true,
          "Its path, from the scene's folder; its end says the format: .mp4, .webm, .mov, .gif, .apng, .webp, .png. "
            + "`frames/%05d.png` is a sequence, another .png a poster."),
        .init("width", .value(.integer, in: 16...8192, rate: .constant), "In pixels; the height follows."),
        .init("fps", .either([.value(.number, in: 1...240, rate: .constant), .text]), "Frames per second."),
        .init(
          "codec", .words(Output.Codec.allCases.map(\.rawValue)),
          "How an mp4 is encoded: `h264` plays everywhere, `hevc` and `av1` are smaller and slower."),
        .init("bits", .words(["8", "10"]), "Of a sample of an mp4; 10 keep dark gradients smooth."),
        .init("max_size", .text, "The most bytes of a GIF, such as `8MB`; it gets smaller until it fits."),
        .init("transparent", .flag, "Whether what no layer covers is transparent: .webm, .mov, .apng, .webp, .png."),
        .init("at", time, "The moment that a poster shows; the middle unless given."),
      ]),
  ]
}
