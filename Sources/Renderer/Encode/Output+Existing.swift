import Glibc
import SceneLang

extension Output {
  /// What stands where the output goes and is no file of its kind, so that nobody may take it for an earlier result; nil
  /// where there is nothing, or an earlier result.
  ///
  /// - Parameter frameCount: frames of the video, for a sequence of pictures.
  public func strangerInPlace(frameCount: Int, _ video: PictureFormat) -> String? {
    let paths = sequence.map { names in (0..<self.frameCount(of: frameCount, video)).map { names.path($0) } }
    return (paths ?? [path]).first { path in
      // What is no regular file is refused elsewhere, whoever names it.
      guard let file = try? Descriptor(opening: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK), let status = file.status,
        status.st_mode & S_IFMT == S_IFREG
      else { return false }
      let head = (try? file.read(min(Int(status.st_size), 16), at: 0)) ?? []
      return !format.begins(head)
    }
  }
}

extension Output.Format {
  /// Whether the first 16 bytes of a file are those of this format. Formats: ISO/IEC 14496-12 (`ftyp`), QuickTime (brand
  /// `qt  `), Matroska (EBML), GIF89a, PNG, RIFF.
  func begins(_ head: [UInt8]) -> Bool {
    func has(_ text: String, at offset: Int) -> Bool { head.dropFirst(offset).starts(with: Array(text.utf8)) }
    return switch self {
    case .mp4: has("ftyp", at: 4) && !has("qt  ", at: 8)
    case .mov: has("ftypqt  ", at: 4)
    case .webm: head.starts(with: [0x1A, 0x45, 0xDF, 0xA3])
    case .gif: has("GIF8", at: 0)
    case .png, .apng: head.starts(with: [0x89, 0x50, 0x4E, 0x47])
    case .webp: has("RIFF", at: 0) && has("WEBP", at: 8)
    }
  }
}
