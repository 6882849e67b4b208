import SceneLang

/// A program that says words aloud.
protocol Synthesizer: Sendable {
  /// Tells it and its version from others: another one says the same words otherwise.
  var identity: String { get }

  /// The words as a WAV file. Throws a failure of kind `asset` when it does not say them.
  func speak(_ request: SpeechRequest, _ cancellation: Cancellation) throws(BuildFailure) -> SpeechWave
}

/// espeak-ng, which reads the words from its standard input: no text of a scene is ever an argument.
struct Espeak: Synthesizer {
  /// Absolute path.
  let program: String
  let identity: String

  /// Looks for it in PATH. Throws a failure of kind `missingProgram`.
  init(_ cancellation: Cancellation) throws(BuildFailure) {
    guard let program = ChildEnvironment.program("espeak-ng") else { throw .noSynthesizer }
    var command = ChildCommand(program: program, arguments: ["--version"], keepsOutput: true)
    command.patience = .seconds(20)
    let child = try ChildProcess(command, cancellation)
    guard try child.wait().isSuccess else { throw .noSynthesizer }
    self.program = program
    // `eSpeak NG text-to-speech: 1.51  Data at: /usr/lib/…`, of which the folder says nothing.
    identity = String((try child.outputText()).split(separator: "\n").first?.prefix { $0 != "/" } ?? "")
  }

  func speak(_ request: SpeechRequest, _ cancellation: Cancellation) throws(BuildFailure) -> SpeechWave {
    var command = ChildCommand(
      program: program,
      arguments: ["--stdin", "--stdout", "-b", "1", "-v", request.voice, "-s", "\(request.pace)"], readsPipe: true,
      keepsOutput: true)
    command.limits = .decoding
    let child = try ChildProcess(command, cancellation)
    do {
      try child.write(Array(request.text.utf8)[...])
    } catch  where error.kind == .encoder {
      // One that ends before it has read everything has not said it either; why is asked below.
    }
    guard try child.wait().isSuccess, let wave = SpeechWave(wav: try child.outputBytes()), wave.duration > 0 else {
      let reason = child.errorTail().split(separator: "\n").last.map(String.init) ?? "it said nothing"
      throw BuildFailure(.asset, "espeak-ng does not speak with the voice `\(request.voice)`: \(reason)")
    }
    return wave
  }
}

extension BuildFailure {
  fileprivate static let noSynthesizer = BuildFailure(
    .missingProgram, "`--speak` takes espeak-ng, and no `espeak-ng` in PATH works",
    help: "install it (Debian: apt-get install espeak-ng); without `--speak` the lines are shown and nobody says them")
}
