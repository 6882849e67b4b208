import Foundation
import Testing

/// The completions, asked in the shells themselves.
@Suite struct CompletionsTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.write("scene.yaml", Workbench.tiny)
  }

  static let bash = "/usr/bin/bash"
  static let zsh = "/usr/bin/zsh"
  static let fish = "/usr/bin/fish"

  static func has(_ shell: String) -> Bool { FileManager.default.isExecutableFile(atPath: shell) }

  /// What a shell says to a script, by lines.
  private func lines(_ shell: String, _ script: String) throws -> [String] {
    let outcome = try bench.start(["-c", script], program: URL(filePath: shell)).outcome()
    #expect(outcome.code == 0 && outcome.messages.isEmpty, "\(outcome.messages)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  /// What bash proposes for the last of the words.
  private func bashProposals(_ words: String...) throws -> [String] {
    try bench.write("completions", try bench.run("completions", "bash").output)
    let list = (["ascii-scene"] + words).map { "'\($0)'" }.joined(separator: " ")
    return try lines(
      Self.bash,
      "source ./completions; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); _ascii_scene; "
        + "printf '%s\\n' \"${COMPREPLY[@]}\"")
  }

  @Test(.enabled(if: has(bash))) func bashProposesWhatFits() throws {
    #expect(try bashProposals("ch") == ["check"])
    #expect(try bashProposals("check", "--st") == ["--strict"])
    #expect(try bashProposals("check", "--format", "s") == ["short", "sarif"])
    #expect(try bashProposals("build", "scene.yaml", "-o", "sce") == ["scene.yaml"])
    #expect(try bashProposals("build", "sce") == ["scene.yaml"])
    #expect(try bashProposals("show", "vignet") == ["vignette"])
    #expect(try bashProposals("explain", "unquoted") == ["unquoted_expression"])
    #expect(try bashProposals("list", "gra") == ["gradient"])
    #expect(try bashProposals("doctor", "sce") == [])
    #expect(try bashProposals("cache", "") == ["info", "list", "verify", "prune", "clear"])
  }

  @Test(.enabled(if: has(bash))) func bashTakesANameWithBlanksForOne() throws {
    for name in ["my first.yaml", "my second.yaml"] { try bench.write(name, Workbench.tiny) }
    #expect(try bashProposals("build", "my").sorted() == ["my first.yaml", "my second.yaml"])
    #expect(try bashProposals("build", "my\\ f") == ["my first.yaml"])
    #expect(try bashProposals("build", "scene.yaml", "-o", "my\\ s") == ["my second.yaml"])
  }

  @Test(.enabled(if: has(fish))) func fishProposesWhatFits() throws {
    try bench.write("completions", try bench.run("completions", "fish").output)
    func proposals(_ line: String) throws -> [String] {
      try lines(Self.fish, "source ./completions; complete -C '\(line)'").map {
        String($0.prefix { $0 != "\t" })
      }
    }
    #expect(try proposals("ascii-scene ch") == ["check"])
    #expect(try proposals("ascii-scene check --st") == ["--strict"])
    #expect(try Set(proposals("ascii-scene check --format s")) == ["short", "sarif"])
    #expect(try proposals("ascii-scene show vignet") == ["vignette"])
    #expect(try proposals("ascii-scene build sce") == ["scene.yaml"])
  }

  @Test(.enabled(if: has(zsh))) func zshReadsItsScript() throws {
    try bench.write("_ascii-scene", try bench.run("completions", "zsh").output)
    // `_describe` and `_arguments` print what they are given: the completion system needs a terminal.
    let script =
      "_describe() { print -l $commands }; _arguments() { print -lr -- $@ }; words=(ascii-scene %); CURRENT=%; "
      + ". ./_ascii-scene"
    func said(_ words: String, _ place: Int) throws -> [String] {
      try lines(
        Self.zsh,
        script.replacing("%", with: words, maxReplacements: 1).replacing("%", with: "\(place)", maxReplacements: 1))
    }
    #expect(try said("ch", 2).contains("check:Reports every mistake of scenes at its line, without rendering."))
    let arguments = try said("check --format s", 4)
    #expect(arguments.contains { $0.hasPrefix("--format[") && $0.hasSuffix(":value:(human short json github sarif)") })
    #expect(arguments.contains("*:argument:_files"))
  }

  @Test func anotherShellIsAUsageError() throws {
    let outcome = try bench.run("completions", "tcsh")
    #expect(outcome.code == 2 && outcome.output.isEmpty)
    #expect(outcome.messages.contains("bash, zsh and fish"))
  }
}
