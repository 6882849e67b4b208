import Renderer
import SceneLang
import Testing

@testable import ascii_scene

@Suite struct OptionParserTests {
  private enum Fruit: String, CaseIterable, Sendable { case apple, pear, plum }

  private static let fruit = Option<Fruit>(choice: "fruit", default: .apple, "Which.")
  private static let maybe = Option<Fruit?>(choice: "maybe", default: nil, "Perhaps.")
  private static let loud = Option<Bool>(flag: "loud", short: "l", "Loudly.")
  private static let declaration = CommandDeclaration(
    "pick", "Picks.", positionals: [.scene, Positional("SECOND", .optional, "Another.")],
    options: [
      fruit, maybe, loud, CommonOptions.output, CommonOptions.workers, CommonOptions.set, CommonOptions.frames,
    ],
    example: "ascii-scene pick a.yaml")

  private func parse(_ words: String...) throws -> ParsedArguments {
    try ParsedArguments(words, for: Self.declaration)
  }

  private func fault(_ words: String...) -> CommandFailure? {
    do {
      _ = try ParsedArguments(words, for: Self.declaration)
      return nil
    } catch { return error as? CommandFailure }
  }

  @Test func optionsThatAreNotGivenHaveTheirDefaults() throws {
    let arguments = try parse("scene.yaml")
    #expect(arguments.positionals == ["scene.yaml"])
    #expect(arguments[Self.fruit] == .apple)
    #expect(arguments[Self.maybe] == nil)
    #expect(arguments[Self.loud] == false)
    #expect(arguments[CommonOptions.set].isEmpty)
    #expect(arguments[CommonOptions.color] == .auto)
  }

  @Test(arguments: [["-o", "x.mp4"], ["-ox.mp4"], ["--output", "x.mp4"], ["--output=x.mp4"]])
  func valuesStandBesideOrBehind(words: [String]) throws {
    let arguments = try ParsedArguments(["scene.yaml"] + words, for: Self.declaration)
    #expect(arguments[CommonOptions.output] == "x.mp4")
  }

  @Test func repeatedOptionsAddUpAndOthersKeepTheLast() throws {
    let arguments = try parse("s", "--set", "a=1", "--fruit=pear", "--set", "b=x=y", "--fruit", "plum", "-l")
    #expect(arguments[CommonOptions.set].map(\.name) == ["a", "b"])
    #expect(arguments[CommonOptions.set].map(\.value) == ["1", "x=y"])
    #expect(arguments[Self.fruit] == .plum)
    #expect(arguments[Self.loud])
  }

  @Test func fewOptionsAreGivenOnceOnly() throws {
    #expect(fault("s", "-o", "a", "-ob")?.message == "`-o` is given twice")
    #expect(fault("s", "--output=a", "-o", "a")?.code == .usage)
    #expect(try parse("s", "--workers", "2", "--workers", "3")[CommonOptions.workers] == 3)
  }

  @Test func everythingAfterTwoDashesIsPositional() throws {
    #expect(try parse("--", "--loud", "-o").positionals == ["--loud", "-o"])
    #expect(try parse("-").positionals == ["-"])
  }

  @Test func mistakesNameTheNearestOption() {
    #expect(fault("s", "--fruits", "pear")?.help == "did you mean `--fruit`?")
    #expect(fault("s", "--fruit", "prear")?.help == "did you mean `pear`?")
    #expect(fault("s", "--fruit", "prear")?.message.contains("expected one of apple, pear, plum") == true)
    #expect(fault("s", "--quite-different")?.help == "see `ascii-scene pick --help`")
    #expect(fault("s", "--loud=yes")?.message == "`--loud` takes no value")
    #expect(fault("s", "--output")?.message == "`--output` needs a value: `--output FILE`")
    #expect(fault()?.message == "`pick` needs SCENE")
    #expect(fault("a", "b", "c")?.message == "`pick` takes no further argument `c`")
    #expect(fault("s", "--workers", "-3")?.message.contains("an integer from 0 to 1024") == true)
    for failure in [fault("s", "--x"), fault()] { #expect(failure?.code == .usage) }
  }

  @Test func helpNeedsNoPositionals() throws {
    #expect(try parse("--help").wantsHelp)
    #expect(try parse("-h").wantsHelp)
  }

  @Test func theHelpPageShowsEveryOptionAndArgument() {
    let page = Help.page(Self.declaration)
    #expect(page.hasPrefix("Picks.\n\nUsage: ascii-scene pick SCENE [SECOND] [options]\n"))
    for words in [
      "--fruit apple|pear|plum", "Default: apple.", "-l, --loud", "-o, --output FILE", "--color", "-h, --help",
      "ascii-scene pick a.yaml",
    ] { #expect(page.contains(words)) }
  }

  @Test func framesAreARangeOrACount() throws {
    #expect(try parse("s", "--frames", "3..7")[CommonOptions.frames]?.resolve(frameCount: 7) == 3..<7)
    #expect(try parse("s", "--frames", "48")[CommonOptions.frames]?.resolve(frameCount: 50) == 0..<48)
    #expect(throws: CommandFailure.self) { try FrameSelection.range(3..<8).resolve(frameCount: 7) }
    for text in ["7..3", "3..3", "-1..4", "..4", "0", "x"] { #expect(fault("s", "--frames", text)?.code == .usage) }
  }

  @Test func noWorkersMeansAutomatic() throws {
    #expect(try parse("s", "--workers", "0")[CommonOptions.workers] == nil)
    #expect(try parse("s", "--workers", "3")[CommonOptions.workers] == 3)
  }

  @Test func picturesAreParsedExactly() throws {
    #expect(try Resolution(parsing: "1280x720").width == 1280)
    #expect(try AspectRatio(parsing: "portrait").height == 16)
    #expect(try AspectRatio(parsing: "4:3").width == 4)
    #expect(try FrameRate(parsing: "30000/1001") == FrameRate(30000, 1001))
    #expect(try FrameRate(parsing: "25") == FrameRate(25))
    for text in ["8193x720", "0x2", "9000x20", "8192x8192", "12", "axb", "2x2x2"] {
      #expect(throws: InvalidValue.self) { try Resolution(parsing: text) }
    }
    for text in ["0", "-1", "24/0", "x", "2000", "1e3"] {
      #expect(throws: InvalidValue.self) { try FrameRate(parsing: text) }
    }
    for text in ["wide", "0:1", "16:9:1"] { #expect(throws: InvalidValue.self) { try AspectRatio(parsing: text) } }
  }

  @Test func everyCommandIsWellDeclared() {
    for command in [BuildCommand.declaration, DoctorCommand.declaration] {
      #expect(command.summary.hasSuffix("."))
      #expect(command.example?.hasPrefix("ascii-scene \(command.name) ") == true)
    }
  }
}
