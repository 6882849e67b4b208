import FuzzLaws
import Glibc
import Renderer
import SceneLang

/// From the compiler's runtime: libFuzzer's loop as a function, which calls back with each input it makes.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutableRawPointer,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// `fuzz TARGET [libFuzzer's options and folders]`: a target is a reader that is given bytes.
@main enum FuzzDriver {
  private typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

  /// A new reader that takes text from outside is one more line here.
  private static let targets: [(name: String, run: Target)] = [
    ("yaml", { hold(TextLaws(input($0, $1)).broken) }),
    ("scene", { hold(SceneLaws.outcome(ofScene: input($0, $1), using: .builtin).broken) }),
    (
      "expression",
      { hold(SceneLaws.outcome(ofScene: SceneLaws.scene(withExpression: input($0, $1)), using: .builtin).broken) }
    ),
    (
      "words",
      { hold(SceneLaws.outcome(ofScene: SceneLaws.sceneOfWords, words: input($0, $1), using: .builtin).broken) }
    ),
  ]

  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let target = targets.first(where: { $0.name == arguments[1] }) else {
      print("usage: fuzz \(targets.map(\.name).joined(separator: "|")) [OPTION | FOLDER]...")
      exit(2)
    }
    // libFuzzer reads the arguments behind the target's name.
    var count = CommandLine.argc - 1
    var rest = CommandLine.unsafeArgv + 1
    exit(runFuzzer(&count, &rest, target.run))
  }

  private static func input(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  private static func hold(_ broken: [String]) -> CInt {
    if !broken.isEmpty { fatalError(broken.joined(separator: "; ")) }
    return 0
  }
}
