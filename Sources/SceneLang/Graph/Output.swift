/// A file to be made of the video.
public struct Output: Hashable, Sendable {
  /// The kind of file, told by the end of its name.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    case mp4, webm, mov, gif, apng

    /// Nil for names that end in nothing known.
    public init?(path: String) {
      guard let dot = path.lastIndex(of: "."), dot != path.startIndex else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }

    public var carriesSound: Bool { self == .mp4 || self == .webm || self == .mov }
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

  public init(path: String, format: Format, width: Int? = nil, fps: FrameRate? = nil, largest: Int? = nil) {
    self.path = path
    self.format = format
    self.width = width
    self.fps = fps
    self.largest = largest
  }
}
