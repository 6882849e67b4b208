import Glibc

/// A media file that a scene names, opened by us: ffmpeg gets the open file and never the name, so that a name cannot
/// mean a protocol, an option or a pattern.
public final class MediaFile: Sendable {
  /// As messages name it.
  public let path: String
  let descriptor: Descriptor
  /// As it was when it was opened.
  let version: Version

  /// What tells that a file was written to.
  struct Version: Hashable {
    private let size: Int
    private let (seconds, nanoseconds): (Int, Int)

    init(_ status: stat) {
      size = Int(status.st_size)
      (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    }
  }

  /// Containers whose readers open no further files.
  static let formats =
    "mov,matroska,avi,gif,apng,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,wav,flac,mp3,ogg,aac"

  /// The same, for people.
  static let formatNames =
    "MP4, QuickTime, Matroska, WebM, AVI, GIF, APNG, PNG, JPEG, WebP, BMP, WAV, FLAC, MP3, Ogg and AAC"

  /// Opens a regular file for reading; `name`: what messages call it, else its path. Throws a failure of kind `asset` for
  /// anything else.
  public init(path: String, name: String? = nil) throws(BuildFailure) {
    self.path = name ?? path
    do {
      // Without waiting: opening a FIFO would block before it can be refused.
      descriptor = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    } catch { throw .system(.asset, "cannot read `\(self.path)`", error.number) }
    guard let status = descriptor.status, status.st_mode & S_IFMT == S_IFREG else {
      throw BuildFailure(.asset, "`\(self.path)` is no regular file")
    }
    version = Version(status)
  }

  /// What `read` makes of the file, which names all its bytes as they were when it was opened.
  ///
  /// Throws a failure of kind `asset` where it was written to since: what was read of it may be anything, and is not to be
  /// kept under its name. A file that was replaced by another stays as it is for us.
  func reading<Value>(_ read: () throws(BuildFailure) -> Value) throws(BuildFailure) -> Value {
    do {
      let value = try read()
      try checkVersion(version)
      return value
    } catch {
      try checkVersion(version)
      throw error
    }
  }

  /// Throws a failure of kind `asset` unless the file is as it was then.
  func checkVersion(_ version: Version) throws(BuildFailure) {
    guard descriptor.status.map({ Version($0) }) == version else {
      throw BuildFailure(
        .asset, "`\(path)` was written to while it was read", help: "build again when it is as it should be")
    }
  }

  /// The hash of all its bytes.
  func contentHash() throws(BuildFailure) -> ContentHash {
    do { return try ContentHash(of: descriptor) } catch {
      throw .system(.asset, "cannot read `\(path)`", error.number)
    }
  }

  /// The options that make ffmpeg read this file, given as the child's inherited descriptor, and nothing else.
  static let inputOptions = [
    "-protocol_whitelist", "file", "-format_whitelist", formats, "-i", ChildCommand.inheritedPath,
  ]
}
