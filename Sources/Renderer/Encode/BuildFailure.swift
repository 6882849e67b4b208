/// Why a build could not be finished, in words for the person who started it.
public struct BuildFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Kind: Sendable, Hashable {
    /// A needed program is missing, too old or cannot do what is needed.
    case missingProgram
    /// A file that the scene reads is missing or not what it claims.
    case asset
    /// The output or the cache cannot be written.
    case writing
    /// The encoder ended or stood still before its work was done. Worth one more try.
    case encoder
    /// A frame could not be rendered.
    case rendering
    /// What was written is not what was asked for.
    case verification
    case cancelled
    /// A name that was asked for tells no kind of file that can be made.
    case unusableName
  }

  public var kind: Kind
  /// Lower case, with the path and the last words of the program where there are any.
  public var message: String
  public var help: String?

  public init(_ kind: Kind, _ message: String, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.help = help
  }

  public var description: String { message }

  static let cancelled = BuildFailure(.cancelled, "cancelled")

  /// `what: <text of error number>`.
  static func system(_ kind: Kind, _ what: String, _ number: Int32, help: String? = nil) -> BuildFailure {
    BuildFailure(kind, "\(what): \(SystemError.text(number))", help: help)
  }
}
