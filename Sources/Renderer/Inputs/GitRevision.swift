import Glibc

/// Files as a revision of the git repository around the working folder has them.
public struct GitRevision: Sendable, Hashable {
  /// As git understands it: `HEAD~1`, a tag, a branch, a hash.
  public let name: String
  private let program: String

  /// Throws a failure of kind `missingProgram` without git, and of kind `asset` for what cannot be a revision.
  public init(_ name: String) throws(BuildFailure) {
    guard !name.isEmpty, !name.hasPrefix("-") else { throw BuildFailure(.asset, "`\(name)` is no revision of git") }
    self.name = name
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    let candidates = ChildEnvironment.searchFolders(path).map { "\($0)/git" }
    guard let program = candidates.first(where: { access($0, X_OK) == 0 }) else {
      throw BuildFailure(.missingProgram, "no `git` in PATH", help: "install git, or name two files")
    }
    self.program = program
  }

  /// The bytes of a file by its path from the working folder. Throws a failure of kind `asset` with what git says.
  public func read(_ path: String) throws(BuildFailure) -> [UInt8] {
    var command = ChildCommand(
      program: program, arguments: ["cat-file", "blob", "\(name):./\(path)"], keepsOutput: true)
    command.limits = .decoding
    command.patience = .seconds(20)
    let child = try ChildProcess(command, .never)
    guard try child.wait().isSuccess else {
      throw BuildFailure(.asset, "git has no `\(name):\(path)`: \(child.errorTail())")
    }
    return try child.outputBytes()
  }
}
