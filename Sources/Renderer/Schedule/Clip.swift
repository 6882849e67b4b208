import SceneLang

/// A part of the timeline that is rendered, encoded and cached by itself.
public struct Clip: Sendable, Hashable {
  /// Frames of one segment.
  public struct Part: Sendable, Hashable {
    /// The segment's place in `RenderGraph.segments`.
    public var segment: Int
    /// Frames of the whole video.
    public var frames: Range<Int>
  }

  /// From 0 along the timeline.
  public var index: Int
  /// In order, without gaps.
  public var parts: [Part]
  /// What decides its bytes.
  public let recipe: ClipRecipe
  /// The name of what the clip shows and of how it is encoded: equal keys are equal files.
  public let key: ContentHash
  /// Whether each frame needs those before it in its segment: one after the other is rendered, however many workers there
  /// are.
  public var isSequential: Bool

  public init(index: Int, parts: [Part], recipe: ClipRecipe, isSequential: Bool = false) {
    self.index = index
    self.parts = parts
    self.isSequential = isSequential
    self.recipe = recipe
    key = recipe.key
  }

  /// Frames of the whole video.
  public var frames: Range<Int> { parts[0].frames.lowerBound..<parts[parts.count - 1].frames.upperBound }
}
