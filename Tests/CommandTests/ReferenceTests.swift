import Foundation
import Testing

/// What is printed from the declarations and checked in: `docs/schema.json` and the pages of `docs/reference`.
///
/// `RECORD=1 swift test --filter ReferenceTests` writes them anew, and that run fails so that the diff is read.
@Suite struct ReferenceTests {
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private func expect(_ text: String, in name: String) throws {
    let file = Self.docs.appending(path: name)
    if Self.isRecording {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name)")
      return
    }
    let copy = try String(contentsOf: file, encoding: .utf8)
    #expect(copy == text, "docs/\(name) is old: `RECORD=1 swift test --filter ReferenceTests` writes it anew")
  }

  @Test func theSchemaIsCheckedIn() throws {
    try expect(try bench.run("schema").output, in: "schema.json")
  }

  @Test func everyPageOfTheReferenceIsCheckedInAndNoOther() throws {
    let whole = try bench.run("show", "--all").output
    let names = whole.matches(of: /Printed by `ascii-scene show --all ([a-z_]+)`\./).map { String($0.1) }
    #expect(names.first == "keys" && names.contains("field") && names.last == "commands")
    var pages: [String] = []
    for name in names {
      let page = try bench.run("show", "--all", name)
      #expect(page.code == 0 && page.output.hasPrefix("# "))
      pages.append(page.output)
      try expect(page.output, in: "reference/\(name).md")
    }
    #expect(pages.joined(separator: "\n") == whole)
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.docs.appending(path: "reference").path)
    #expect(files.sorted() == names.map { $0 + ".md" }.sorted())
  }

  @Test func aPageThatDoesNotExistIsAUsageError() throws {
    let page = try bench.run("show", "--all", "plasma")
    #expect(page.code == 2 && page.messages.contains("the reference has no page `plasma`"))
    let format = try bench.run("show", "--all", "field", "--format", "json")
    #expect(format.code == 2 && format.output.hasPrefix("{\"failure\":"))
    #expect(format.messages.contains("`--all` prints Markdown"))
    #expect(try bench.run("show").code == 2)
  }

  @Test func anEntryIsPrintedInMarkdownToo() throws {
    let text = try bench.run("show", "aurora", "--format", "markdown").output
    #expect(text.hasPrefix("## aurora\n"))
    #expect(text.contains("\n| `bands`, `n_bands` | `3` | integer 1…8 | How many curtains. |\n"))
    // The source stands at the margin.
    #expect(text.contains("\n```yaml\naurora:\n  doc: "))
  }
}
