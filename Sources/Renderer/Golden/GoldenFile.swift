import SceneLang

/// The golden frames of a scene as they are kept beside it, in a text that people can compare.
///
/// `golden 1`, the picture's size and rate, then for each frame its number and segment and a line per stage.
public struct GoldenFile: Sendable, Hashable {
  public struct Frame: Sendable, Hashable {
    public var number: Int
    /// As messages name it.
    public var segment: String
    public var stages: FrameStages

    public init(number: Int, segment: String, stages: FrameStages) {
      self.number = number
      self.segment = segment
      self.stages = stages
    }
  }

  public var format: PictureFormat
  /// Ascending.
  public var frames: [Frame]

  public init(format: PictureFormat, frames: [Frame]) {
    self.format = format
    self.frames = frames
  }

  private static let head = "ascii-scene golden 1"

  public var text: String {
    var text = "\(Self.head)\nsize \(format.width)x\(format.height)\nfps \(format.fps)\n"
    for frame in frames {
      text += "frame \(frame.number) \(Self.oneLine(frame.segment))\n"
      for stage in frame.stages.stages { text += "  \(stage.hash) \(Self.oneLine(stage.name))\n" }
    }
    return text
  }

  /// Nil for a text that is no such file.
  public init?(text: String) {
    var lines = text.split(separator: "\n")[...]
    guard lines.popFirst() == Self.head[...],
      let size = lines.popFirst()?.dropFirst("size ".count).split(separator: "x"),
      size.count == 2, let width = Int(size[0]), let height = Int(size[1]), width > 0, height > 0,
      let fps = lines.popFirst().flatMap({ FrameRate(String($0.dropFirst("fps ".count))) })
    else { return nil }
    format = PictureFormat(width: width, height: height, fps: fps)
    frames = []
    for line in lines {
      if line.hasPrefix("  ") {
        let words = line.dropFirst(2).split(separator: " ", maxSplits: 1)
        guard words.count == 2, ContentHash(words[0]) != nil, !frames.isEmpty else { return nil }
        frames[frames.count - 1].stages.stages.append(.init(name: String(words[1]), hash: String(words[0])))
      } else {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "frame", let number = Int(words[1]) else { return nil }
        frames.append(Frame(number: number, segment: String(words[2]), stages: FrameStages(stages: [])))
      }
    }
  }

  private static func oneLine(_ name: String) -> String { terminalSafe(name, limit: 200) }
}
