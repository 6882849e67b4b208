/// All source files of one compilation. A `FileID` is the position of its file.
public struct SourceMap: Sendable {
  public private(set) var files: [SourceFile] = []

  public init() {}

  /// Adds a file and names it; `path` is only displayed, never opened.
  public mutating func add(path: String, bytes: [UInt8], origin: SourceFile.Origin = .file) -> FileID {
    files.append(SourceFile(path: path, bytes: bytes, origin: origin))
    return FileID(files.count - 1)
  }

  public subscript(file: FileID) -> SourceFile { files[file.index] }
}
