/// A file, or a sequence of pictures, to be made of the video.
public struct Output: Hashable, Sendable {
  /// The kind of file, told by the end of its name.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    case mp4, webm, mov, gif, apng, webp, png

    /// Nil for names that end in nothing known.
    public init?(path: String) {
      guard let dot = path.lastIndex(of: "."), dot != path.startIndex else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }

    /// Whether its colors are those of 2 by 2 pixels (4:2:0).
    public var hasEvenSides: Bool { self == .mp4 || self == .webm }
    public var carriesSound: Bool { self == .mp4 || self == .webm || self == .mov }
    /// Whether ffmpeg reads it as a video: it writes animated WebP and reads none.
    public var isReadable: Bool { self != .png && self != .webp }
    /// Whether it can hold what its pixels cover.
    public var carriesCoverage: Bool { self != .mp4 && self != .gif }
  }

  /// How an mp4 is encoded.
  public enum Codec: String, Sendable, Hashable, CaseIterable {
    case h264, hevc, av1

    /// Pixels that a side has at least: what x264, x265 and SVT-AV1 take.
    public var shortestSide: Int {
      switch self {
      case .h264: 2
      case .hevc: 16
      case .av1: 64
      }
    }
  }

  /// As resolved from where it was written: the scene's folder, or the working folder.
  public var path: String
  public var format: Format
  /// Pixels; the height follows. Nil: as the video, but at most 640 for a GIF.
  public var width: Int?
  /// Frame k shows the video's frame floor(k · fps of the video / fps). Nil: as the video, but at most 15 for a GIF.
  public var fps: FrameRate?
  /// The most bytes that a GIF may have.
  public var largest: Int?
  /// Whether what no layer covers is transparent instead of black.
  public var isTransparent = false
  /// Of an mp4.
  public var codec = Codec.h264
  /// Bits of a sample of an mp4: 8 or 10.
  public var bits = 8
  /// The frame of the video that a poster shows; nil for the middle of what is built.
  public var posterFrame: Int?

  public init(path: String, format: Format, width: Int? = nil, fps: FrameRate? = nil, largest: Int? = nil) {
    self.path = path
    self.format = format
    self.width = width
    self.fps = fps
    self.largest = largest
  }

  /// The names of a sequence's files; nil for a single file.
  public var sequence: FrameNames? { format == .png ? FrameNames(path: path) : nil }
  /// Whether it is moving pictures in one file.
  public var isVideo: Bool { format != .png }
  /// Whether it is one picture.
  public var isPoster: Bool { format == .png && sequence == nil }
}

/// The names of numbered files: `%d` or, with zeros in front, `%05d` in the last part of a path stands for the number.
public struct FrameNames: Hashable, Sendable {
  /// What stands before the number, with the folder, and what after it.
  public var prefix: String
  public var suffix: String
  /// Digits at least.
  public var digits: Int

  /// Nil unless the last part has one place for the number, and no other percent sign.
  public init?(path: String) {
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let parts = path[start...].split(separator: "%", omittingEmptySubsequences: false)
    guard parts.count == 2, let d = parts[1].firstIndex(of: "d") else { return nil }
    let count = parts[1][..<d]
    guard count.isEmpty || count.count == 2 && count.first == "0", let digits = count.isEmpty ? 1 : Int(count),
      digits > 0
    else { return nil }
    (prefix, suffix) = (String(path[..<start]) + parts[0], String(parts[1][parts[1].index(after: d)...]))
    self.digits = digits
  }

  /// The path of file `number`, counted from 0.
  public func path(_ number: Int) -> String {
    let text = "\(number)"
    return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text + suffix
  }

  /// The number of the file of that path; nil for one that is not called so.
  public func number(of path: String) -> Int? {
    guard path.hasPrefix(prefix), path.hasSuffix(suffix), path.utf8.count > prefix.utf8.count + suffix.utf8.count,
      let number = Int(path.dropFirst(prefix.count).dropLast(suffix.count)), self.path(number) == path
    else { return nil }
    return number
  }
}
