import Renderer
import SceneLang

/// `ascii-scene build`: a scene to a video.
enum BuildCommand: Command {
  static let declaration = CommandDeclaration(
    "build", "Renders a scene to a video; only the clips that changed are rendered anew.",
    positionals: [.scene],
    options: clipOptions + machineOptions + [
      force, keep, why, verify, provenance, subtitles, muxSubtitles, allVariants, CommonOptions.format,
    ],
    example: "ascii-scene build intro.yaml -o intro.mp4 --quality preview")

  /// What decides the clips of a build and where they are.
  static let clipOptions: [any OptionDeclaration] =
    [CommonOptions.output] + CommonOptions.scene + [CommonOptions.preset, CommonOptions.crf] + TimelineSelection.options
    + [CommonOptions.cache, transparent]

  /// How a machine renders them.
  static let machineOptions: [any OptionDeclaration] = [
    CommonOptions.workers, CommonOptions.memory, CommonOptions.polite, CommonOptions.kernels,
  ]

  private static let transparent = Option<Bool>(
    flag: "transparent",
    "With `-o`: what no layer covers is transparent (.webm, .mov, .apng, .webp, .png) instead of black.")

  private static let keep = Option<Bool>(
    flag: "keep", "Keeps what the programs said in FILE.logs. KEEP_INTERMEDIATES=1 in the environment does the same.")

  private static let why = Option<Bool>(
    flag: "why", "Tells for every clip whether it was reused, and if not, what changed since the scene's last build.")

  static let verify = Option<Bool>(
    flag: "verify",
    "Verifies each finished video, not pictures and WebP, as `ascii-scene verify` does; fails with exit code 5 for errors."
  )

  private static let provenance = Option<Bool>(
    flag: "provenance",
    "Writes FILE.provenance.json: hashes of the scene, the program, the faces, the assets and every frame; its digest is in FILE."
  )

  static let force = Option<Bool>(
    flag: "force", "Replaces files of any kind where the scene says the output goes; else only earlier results.")

  private static let allVariants = Option<Bool>(
    flag: "all-variants",
    "Builds each of the scene's variants; `{variant}` in its `output:` or in `-o` tells the files apart.")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try Interrupts.catchSignals()
    if arguments[CommonOptions.polite] { Politeness.begin() }
    return try make(
      arguments[allVariants] ? variantJobs(arguments, console) : jobs(arguments, console), arguments, console)
  }

  /// Builds the jobs one after the other, and reports on them.
  static func make(_ jobs: [Job], _ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try checkSubtitles(of: jobs, arguments, console)
    // Nothing is rendered before every file is known to find its place.
    for job in jobs { try checkPlaces(of: job, arguments) }
    var texts: [JSONValue] = []
    var code = ExitCode.success
    do {
      for job in jobs {
        let (report, repeated) = try execute(job.plan, arguments, console)
        let warnings = job.scene.warnings + repeated
        try writeProvenance(of: job, report)
        if arguments[subtitles], job.plan.output.isVideo { try writeSubtitles(of: job) }
        let isReadable = job.plan.output.format.isReadable
        let verification = try arguments[verify] && isReadable ? verification(of: job, arguments, console) : nil
        if verification?.verification.hasErrors == true { code = .verification }
        texts.append(
          BuildText.json(report, warnings: warnings, showsReasons: arguments[why], verification: verification?.json))
      }
    } catch var failure as CommandFailure where jobs.count > 1 {
      // What was built before stands.
      let output = jobs[texts.count].plan.output.path
      try show(.array(texts + [failure.json(output: output)]), arguments, console)
      failure.isListed = true
      throw failure
    }
    try show(jobs.count > 1 ? .array(texts) : texts[0], arguments, console)
    return code
  }

  private static func show(_ report: JSONValue, _ arguments: ParsedArguments, _ console: Console) throws {
    if arguments[CommonOptions.format] == .json { try console.write(report.text + "\n") }
  }

  /// One output to be made, and the scene that it is made of.
  struct Job {
    var plan: BuildPlan
    var scene: CompiledScene
    var kernels: KernelLevel
    /// As given, with the variant it is for.
    var arguments: ParsedArguments
  }

  /// The jobs of every variant, all planned before the first is built, so that a mistake in the last is told at once.
  private static func variantJobs(_ arguments: ParsedArguments, _ console: Console) throws -> [Job] {
    let path = arguments.positionals[0]
    let variants = try SceneLoader.scene(path, arguments, console).variants
    guard !variants.isEmpty, arguments[CommonOptions.variant] == nil else {
      let problem = variants.isEmpty ? "`\(path)` has no variants" : "`--all-variants` leaves no choice to `--variant`"
      throw CommandFailure(.usage, problem, help: "see `ascii-scene build --help`")
    }
    var owners: [String: String] = [:]
    return try variants.flatMap { variant in
      let jobs = try jobs(arguments.setting(CommonOptions.variant, to: variant), console)
      for output in jobs.map(\.plan.output.path) {
        guard let other = owners.updateValue(variant, forKey: output) else { continue }
        throw CommandFailure(
          .usage, "the variants `\(other)` and `\(variant)` both become `\(output)`",
          help: arguments[CommonOptions.output] == nil
            ? "give the scene an output with the name in it: `output: \"{variant}.mp4\"`"
            : "put the name into it: `-o \"{variant}.mp4\"`")
      }
      return jobs
    }
  }

  /// The command line and the scene as one job for each output.
  static func jobs(_ arguments: ParsedArguments, _ console: Console) throws -> [Job] {
    let (scene, quality) = try load(arguments, console)
    let (graph, kernels) = (scene.graph, try arguments.kernels())
    let encoder = EncoderSettings(
      preset: arguments[CommonOptions.preset] ?? quality.encoder.preset,
      crf: arguments[CommonOptions.crf] ?? quality.encoder.crf)
    if arguments[CommonOptions.quality] == .auto {
      console.message(
        "quality auto: \(graph.format.width)x\(graph.format.height) at \(graph.format.fps) fps, \(encoder)\n")
    }
    let snapshots = SharedSnapshots()
    func source(keepsCoverage: Bool) -> ClipFrameSourceFactory {
      { _, exposures in
        SceneRenderer(
          graph: graph, kernels: kernels, exposures: exposures, snapshots: snapshots, keepsCoverage: keepsCoverage)
      }
    }
    do {
      var plan = BuildPlan(
        graph: graph, frames: try TimelineSelection.frames(arguments, of: graph), scene: arguments.positionals[0],
        output: scene.outputs[0], inputs: scene.inputs, encoder: encoder,
        workers: workers(arguments, graph, encoder, console),
        cacheFolder: try ClipStore.defaultFolder(arguments[CommonOptions.cache]),
        makeSource: source(keepsCoverage: false))
      plan.cacheLimits = try CacheOptions.limits()
      plan.recordsProvenance = arguments[provenance]
      plan.keepsLogs = arguments[keep] || ClipStore.value(of: "KEEP_INTERMEDIATES") == "1"
      plan.makesFolder = arguments[CommonOptions.output] == nil
      let outputs = try outputs(of: scene, arguments)
      if arguments[muxSubtitles] { plan.subtitles = subtitleTrack(scene, plan) }
      return outputs.indices.map { index in
        plan.output = outputs[index]
        plan.alsoEncodes = twinCodec(of: plan.output, before: outputs[(index + 1)...], encoder)
        plan.makeSource = source(keepsCoverage: plan.output.isTransparent)
        return Job(plan: plan, scene: scene, kernels: kernels, arguments: arguments)
      }
    } catch let failure as BuildFailure { throw CommandFailure(failure) }
  }

  /// The scene at the quality that is asked for, or that its length and this machine suggest.
  private static func load(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> (scene: CompiledScene, quality: QualitySettings) {
    let (path, quality) = (arguments.positionals[0], arguments.quality)
    let scene = try SceneLoader.load(path, arguments, console, quality: quality)
    let duration = scene.graph.format.fps.seconds(ofFrame: scene.graph.frameCount)
    let workers = Machine.current().workers(requested: arguments[CommonOptions.workers])
    guard arguments[CommonOptions.quality] == .auto, quality == .production,
      QualitySettings.isLong(duration, workers: workers)
    else { return (scene, quality) }
    return (try SceneLoader.load(path, arguments, console, quality: .longVideo), .longVideo)
  }

  /// What is made: the output that `-o` names, else those of the scene, which stay in its folder and replace nothing else.
  private static func outputs(of scene: CompiledScene, _ arguments: ParsedArguments) throws -> [Output] {
    if let path = try namedPath(arguments) { return [try output(named: path, of: scene, arguments)] }
    if arguments[transparent] {
      throw CommandFailure(
        .usage, "`--transparent` needs `-o`", help: "in the scene it is `output: {file: …, transparent: true}`")
    }
    return scene.outputs
  }

  /// What `-o` says, with the variant's name for `{variant}`, as in a scene. The scene, which gives the name, does not choose
  /// the folder.
  private static func namedPath(_ arguments: ParsedArguments) throws -> String? {
    guard let path = arguments[CommonOptions.output], path.contains("{variant}") else {
      return arguments[CommonOptions.output]
    }
    let name = arguments[CommonOptions.variant] ?? "main"
    guard !name.contains("/"), !name.hasPrefix(".") else {
      throw CommandFailure(.usage, "the variant `\(name)` cannot be part of the name `\(path)`")
    }
    return path.replacing("{variant}", with: name)
  }

  /// A scene may replace what it made before, and nothing else.
  private static func checkReplaces(_ plan: BuildPlan) throws {
    guard let stranger = plan.strangerInPlace else { return }
    throw CommandFailure(
      .scene, "`\(stranger)` is no .\(plan.output.format.rawValue) file, and the scene would replace it",
      help: "name the output with `-o`, or give `--force`")
  }

  /// What the frames of `output` are encoded as besides, so that one of the outputs after it need not render them again: an
  /// mp4 and another opaque video show the same pixels.
  private static func twinCodec(
    of output: Output, before later: ArraySlice<Output>, _ encoder: EncoderSettings
  ) -> ClipCodec? {
    guard !output.isTransparent, !output.isPoster else { return nil }
    let codec = output.clipCodec(encoder)
    return later.first { !$0.isTransparent && !$0.isPoster && $0.clipCodec(encoder).isFinal != codec.isFinal }?
      .clipCodec(encoder)
  }

  /// The output that `-o` names: as the scene describes it, if it does.
  private static func output(
    named path: String, of scene: CompiledScene, _ arguments: ParsedArguments
  ) throws -> Output {
    // The builder refuses a name that says no format.
    var output =
      scene.outputs.first { $0.path == path } ?? Output(path: path, format: Output.Format(path: path) ?? .mp4)
    if arguments[transparent] { output.isTransparent = true }
    guard !output.isTransparent || output.format.carriesCoverage else {
      throw CommandFailure(
        .usage, "a .\(output.format.rawValue) cannot be transparent", help: "name a .webm, .mov, .apng, .webp or .png")
    }
    // A video may be called `100%.mp4`, but not as pictures are numbered.
    let name = path.split(separator: "/").last ?? ""
    if output.sequence == nil, name.contains(/%\d*d/) || output.format == .png && name.contains("%") {
      throw CommandFailure(
        .usage, "`\(path)` does not name a sequence of pictures", help: "write it as `frames/%05d.png`")
    }
    return output
  }

  /// How many clips at once; it is said where memory and not cores decides.
  private static func workers(
    _ arguments: ParsedArguments, _ graph: RenderGraph, _ encoder: EncoderSettings, _ console: Console
  ) -> Int {
    let workers = Workers(
      on: .current(), requested: arguments[CommonOptions.workers], memory: arguments[CommonOptions.memory]?.bytes,
      memoryEach: Workers.memoryEach(
        pixels: graph.format.width * graph.format.height, preset: encoder.preset,
        picturesPerPixel: graph.pictureBytesPerPixel),
      isPolite: arguments[CommonOptions.polite])
    if workers.limit == .memory {
      console.message(
        "note: memory for \(ProgressText.count(workers.count, "worker")) only, "
          + "each takes about \(ByteCount(workers.memoryEach).text)\n")
    }
    return workers.count
  }

  private static func writeProvenance(of job: Job, _ report: BuildReport) throws {
    guard let provenance = report.provenance else { return }
    let text = ProvenanceText(
      report: report, provenance: provenance, plan: job.plan, scene: job.scene, arguments: job.arguments)
    do {
      try provenanceTarget(of: job).write(Array((try text.json().text + "\n").utf8))
    } catch { throw CommandFailure(error) }
  }

  private static func provenanceTarget(of job: Job) throws(BuildFailure) -> OutputTarget {
    try OutputTarget(
      path: ProvenanceText.path(of: job.plan.output.path), inputs: job.plan.inputs, extensions: ["json"])
  }

  /// Throws `CommandFailure` where one of the files that a job makes could not be written. Leaves nothing behind.
  private static func checkPlaces(of job: Job, _ arguments: ParsedArguments) throws {
    if arguments[CommonOptions.output] == nil {
      try ScenePaths.checkStays(job.plan.output.path, beside: job.plan.scene)
      if !arguments[force] { try checkReplaces(job.plan) }
    }
    do {
      let target = try job.plan.target()
      // The other files may lie in the folder that was made for it.
      defer { withExtendedLifetime(target) {} }
      if arguments[provenance] { _ = try provenanceTarget(of: job) }
      if arguments[subtitles], job.plan.output.isVideo { _ = try subtitlesTarget(of: job) }
    } catch { throw CommandFailure(error) }
  }

  /// Looks at the finished video; for people, what was found goes to standard output.
  private static func verification(
    of job: Job, _ arguments: ParsedArguments, _ console: Console
  ) throws -> VerificationText {
    let verifier = VideoVerifier(
      graph: job.plan.graph, frames: job.plan.frames, levels: job.scene.segments.map(\.level), output: job.plan.output,
      kernels: job.kernels, cancellation: Interrupts.cancellation)
    let text = VerificationText(try VerifyCommand.verify(verifier), job.scene)
    if arguments[CommonOptions.format] == .human { try console.write(text.human) }
    return text
  }

  /// Builds with progress and warnings on standard error and, for people, the report on standard output.
  private static func execute(
    _ plan: BuildPlan, _ arguments: ParsedArguments, _ console: Console
  ) throws -> (report: BuildReport, warnings: [String]) {
    let isHuman = arguments[CommonOptions.format] == .human
    let reporter = ProgressReporter(console, showsLines: isHuman)
    let report: BuildReport
    do {
      defer { reporter.end() }
      report = try Builder(
        cancellation: Interrupts.cancellation, onProgress: { reporter.update($0) }, onWarning: { reporter.warn($0) }
      ).build(plan)
    } catch { throw CommandFailure(error) }
    if isHuman { try console.write((arguments[why] ? BuildText.reasons(report) : "") + BuildText.summary(report)) }
    return (report, reporter.warnings)
  }
}

extension ParsedArguments {
  /// The kernels that were asked for, else the widest.
  ///
  /// Throws `CommandFailure` with code `.usage` for kernels that this processor does not run.
  func kernels() throws -> KernelLevel {
    let level = self[CommonOptions.kernels] ?? .best
    guard level.isSupported else {
      throw CommandFailure(
        .usage, "this processor does not run `\(level.rawValue)` kernels",
        help: "the widest it runs are `--kernels \(KernelLevel.best.rawValue)`")
    }
    return level
  }
}
