/// Turns nodes into a checked scene, reporting every mistake on the way. It goes through the file in the order in which
/// things depend on each other: the header (format, tempo, parameters), definitions (checked when first used, and once
/// more at the end if nothing did), the segments with their layers.
final class Analyzer {
  let catalog: Catalog
  let overrides: SceneOverrides
  /// Reads the bytes of an imported file by its path from the scene's folder.
  let importer: Importer
  let soundReader: SoundReader
  let inputReader: InputReader
  /// Nil: nobody speaks.
  let speechReader: SpeechReader?
  var sources: SourceMap
  private(set) var bag: DiagnosticBag

  // The header.
  var format = PictureFormat(width: 1920, height: 1080, fps: FrameRate(24))
  var secondsPerBeat: Double?
  /// What was found in the track, if the scene listens to it.
  var sound: SoundAnalysis?
  /// Whether a mistake was found in `audio:`, which may be why nobody knows how long the sound is.
  private(set) var isAudioWrong = false
  var beatMeasure = BeatMeasure.mean
  /// Seconds, by folded name.
  var markers: [String: Double] = [:]
  var particleCaps = ParticleCaps()
  var fps: FrameRate { format.fps }
  /// The frames that `f` counts: those of the scene, whatever the quality or the command line makes of it.
  var ownRate = FrameRate(24)

  // Tables that ids point into.
  var definitions: [Definition] = []
  var bindings: [Binding] = []
  private(set) var scopes: [Scope] = []
  private var indexRanges: [ClosedRange<Double>] = []
  /// The parameters of the definition being checked.
  var openParameters: [CheckedParameter] = []

  /// The seconds of the segment being checked: nil outside one, 0 when its length is a mistake already reported.
  var openDuration: Double?
  /// Of the keyframes read in the segment being checked.
  var openKeyTimes: [KeyReach.Times] = []
  /// What all randomness of the scene and of the segment being checked depends on; empty outside of one.
  var sceneSeed = "0"
  var openSegmentSeed = ""
  /// The key of the randomness of the layer being checked; nil outside of one.
  var openLayerKey: [String]?
  var nameFacts = NameFacts()
  /// Taken so far by the loops and fields of constants.
  var constantSteps = 0
  var budget = SceneBudget()
  var depth = Depth()
  /// The values at the keys of keyframes, by the place of these.
  var keyValues: [Span: [TypedExpression]] = [:]
  /// Red, green and blue of named colours.
  var channelNames: [BindingID: [TypedExpression]] = [:]
  var gradientLevels: [GradientRead: [TypedExpression]] = [:]
  /// Of the group whose layers share their cells, while these are read.
  var sharedGrid: ScopedEntry?
  /// Whether layers of the overlay are read, below which there are those of the segments.
  var isOverlay = false
  /// Seconds of the whole video, once its segments are read.
  var videoDuration: Double?
  /// Whether the segment or layer being read has a key that was reported, which may be one that it lacks.
  var hasUnknownKey = false

  // Names outside the expression namespace.
  private(set) var modules: [Module] = []
  /// Looks being checked, and looks that something used, by the place of their name.
  var openLooks: Set<Span> = []
  var usedLooks: Set<Span> = []
  /// What the look being checked brings as feedback, at most one; nil in the look of a group, which has no frame before.
  var lookFeedbacks: [CheckedFeedback]?
  var openPalettes: Set<Span> = []
  /// What stands under `palettes:`, by the place of its name; nil for what holds a mistake.
  var readPalettes: [Span: CheckedPalette?] = [:]
  /// What the chosen variant sets, by parameter; emptied as parameters take their values.
  var variantValues: [String: YAMLEntry] = [:]
  /// By their place, since a palette is read at each of its uses.
  var shownCharacters: [Span: ShownCharacters.Use] = [:]

  var prelude = PreludeCache()
  var inputs = InputTable()
  /// Where the tracks of `audio:` are named, and the lines that are said.
  var trackSpans: [Span] = []
  /// The scene and imported files by path; nil while one is being read, as the scene is.
  var imported: [String: Module?] = [:]
  /// Where what templates write stands, of those that something used, by the place of their name.
  var usedTemplates: [Span: Span] = [:]

  init(
    catalog: Catalog, overrides: SceneOverrides, sources: SourceMap, bag: DiagnosticBag,
    importer: @escaping Importer, soundReader: @escaping SoundReader, inputReader: @escaping InputReader,
    speechReader: SpeechReader?
  ) {
    self.importer = importer
    self.soundReader = soundReader
    self.inputReader = inputReader
    self.speechReader = speechReader
    self.catalog = catalog
    self.overrides = overrides
    self.sources = sources
    self.bag = bag
  }

  func report(_ diagnostic: Diagnostic) { bag.report(diagnostic) }

  func report(_ diagnostics: [Diagnostic]) { for diagnostic in diagnostics { bag.report(diagnostic) } }

  func report(from body: (inout DiagnosticBag) -> Void) { body(&bag) }

  func makeScope(
    parent: Scope, hasValue: Bool = false, hasPixel: Bool = false, templates: Set<Span>? = nil
  ) -> Scope {
    let scope = Scope(
      id: ScopeID(scopes.count), parent: parent, hasValue: hasValue, hasPixel: hasPixel, templates: templates)
    scopes.append(scope)
    return scope
  }

  /// The names that a scope has so far.
  func snapshot(of scope: Scope) -> Scope {
    let copy = Scope(id: ScopeID(scopes.count), copying: scope)
    scopes.append(copy)
    return copy
  }

  func makeModule(path: String) -> Module {
    let module = Module(path: path, scope: ScopeID(scopes.count))
    scopes.append(module.scope)
    modules.append(module)
    return module
  }

  /// A scope in which only the language and the prelude are known.
  func makeBareScope() -> Scope { makeModule(path: "").scope }

  func addIndex(_ range: ClosedRange<Double>) -> Int {
    indexRanges.append(range)
    return indexRanges.count - 1
  }

  func indexRange(_ slot: Int) -> ClosedRange<Double>? { indexRanges[slot] }

  func parameterRange(_ place: Int) -> ClosedRange<Double>? {
    openParameters.indices.contains(place) ? openParameters[place].range : nil
  }

  // MARK: The file

  func analyze(_ root: YAMLNode, path: String, name: String) -> CheckedScene? {
    guard var file = read(root, as: "a scene", keys: KeyTable.scene.names, required: ["ascii_scene"]) else {
      return nil
    }
    checkVersion(file["ascii_scene"])
    let module = makeModule(path: path)
    imported[path] = .some(nil)
    let variants = readVariants(file["variants"], video: &file["video"])
    readFormat(file["video"])
    let tempo = readTempo(file["tempo"])
    readNarrations(file["inputs"])
    let found = bag.all.count
    let audio = readAudio(file["audio"], tempo: secondsPerBeat.map { 60 / $0 })
    isAudioWrong = bag.all[found...].contains { $0.severity == .error }
    // Beats of a track that cannot be read: that is reported, so nothing more is said of beats.
    if file["audio"] != nil && secondsPerBeat == nil && bag.hasErrors { secondsPerBeat = 60 / tempo }
    readInputs(file["inputs"])
    readDefinitions(file, into: module, overridden: true)
    readDefaults(file["defaults"], into: module)
    let scope = module.scope!
    let seed = file["seed"].flatMap { scalar($0.value, as: "a seed")?.text } ?? "0"
    sceneSeed = seed
    particleCaps = readParticleCaps(file["particle_caps"], in: scope)
    let segments = file["segments"].map { readSegments($0.value, in: scope) } ?? []
    videoDuration = segments.last.map { Double($0.frames.upperBound) / fps.value }
    let overlay = readOverlay(file["overlay"], in: scope)
    let title = file["title"].flatMap { text($0.value, in: scope) }
    let outputs =
      readOutputs(
        file["output"], of: segments, beside: inputs.paths + (audio?.tracks.map(\.path) ?? []), in: scope)
      ?? [Output(path: "\(name).mp4", format: .mp4)]
    checkSides(file["video"], of: outputs)
    let golden = readGolden(file["golden"], of: segments, in: scope)
    if let entry = file["variants"] { noteUses(in: entry.value, scope) }
    let living = UnusedNames(of: self, isLibrary: file["segments"] == nil && file["overlay"] == nil)
    checkUnused()
    if bag.hasErrors { return nil }
    report(living.diagnostics(after: self))
    let scene = CheckedScene(
      title: title, format: format, audio: audio, sound: sound, tempo: tempo, seed: seed, variants: variants,
      definitions: definitions.map(\.finished), bindings: bindings.map(\.finished), segments: segments,
      overlay: overlay, outputs: outputs, golden: golden, inputPaths: inputs.paths,
      cues: inputs.usedCues)
    review(scene)
    return scene
  }

  /// The sections that scenes and libraries share.
  func readDefinitions(_ file: [String: YAMLEntry], into module: Module, overridden: Bool) {
    let scope = module.scope!
    readImports(file["import"], into: module)
    readParameters(file["params"], into: scope, overridden: overridden)
    readGradients(file["gradients"], into: scope)
    readFields(file["fields"], into: scope)
    readEases(file["eases"], into: module)
    module.palettes = named(file["palettes"], as: "palettes")
    module.looks = named(file["looks"], as: "looks")
    module.shaders = named(file["shaders"], as: "shaders")
    for entry in Array(module.looks.values) + module.shaders.values { expectUsable(entry.key, at: entry.keySpan) }
    for (key, shader) in module.shaders {
      if let look = module.looks[key] { report(.definedTwice(shader.key, shader.keySpan, look.keySpan)) }
    }
    module.templates = named(file["templates"], as: "templates")
    readLet(file["let"], into: scope, isInSight: true)
  }

  private func checkVersion(_ entry: YAMLEntry?) {
    guard let entry, let scalar = scalar(entry.value, as: "the version of the language") else { return }
    if scalar.text != "1" { report(.unknownVersion(scalar.text, entry.value.span)) }
  }

  /// What nothing used is checked as well, so that no mistake waits for its first use. The last come first: what is
  /// used mostly stands before what uses it, and is then checked with it.
  private func checkUnused() {
    var checked = (definitions: 0, bindings: 0)
    // Checking one may bring others in, such as an ease of the prelude.
    func checkNames() {
      while checked.definitions < definitions.count || checked.bindings < bindings.count {
        for index in checked.definitions..<definitions.count {
          _ = definition(DefinitionID(index), from: definitions[index].nameSpan)
          checked.definitions += 1
        }
        for index in checked.bindings..<bindings.count {
          _ = binding(BindingID(index), from: bindings[index].nameSpan)
          checked.bindings += 1
        }
      }
    }
    checkNames()
    defer { checkNames() }
    for module in modules {
      for entry in lastFirst(module.looks) { checkLookDefinition(entry, in: module.scope) }
      for entry in lastFirst(module.shaders) { checkShaderDefinition(entry, in: module.scope) }
      for entry in lastFirst(module.palettes) { _ = palette(named: entry, in: module) }
      for entry in lastFirst(module.templates) { checkTemplateDefinition(entry, in: module.scope) }
    }
  }

  private func lastFirst(_ entries: [String: YAMLEntry]) -> [YAMLEntry] {
    entries.values.sorted { $0.keySpan.start > $1.keySpan.start }
  }

  /// The entries of a section of named things, by folded name.
  private func named(_ entry: YAMLEntry?, as what: String) -> [String: YAMLEntry] {
    guard let entry, let items = mapping(entry.value, as: what) else { return [:] }
    var result: [String: YAMLEntry] = [:]
    for item in items {
      if let earlier = result.updateValue(item, forKey: Name.folded(item.key)) {
        report(.definedTwice(item.key, item.keySpan, earlier.keySpan))
      }
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func unknownVersion(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_version", "this program reads version 1 of the language, found `\(text)`", at: span,
      help: "write `ascii-scene: 1`, or use a newer program")
  }

  static func definedTwice(_ name: String, _ span: Span, _ earlier: Span) -> Diagnostic {
    Diagnostic("duplicate_name", "`\(name)` is defined twice", at: span, labels: [.init(earlier, "first defined here")])
  }
}
