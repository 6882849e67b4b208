import Glibc

/// A media file that a scene names, opened by us: ffmpeg gets the open file and never the name, so that a name cannot
/// mean a protocol, an option or a pattern.
public final class MediaFile: Sendable {
  /// As messages name it.
  public let path: String
  let descriptor: Descriptor

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
