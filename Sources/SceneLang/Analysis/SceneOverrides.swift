/// What the command line may say over a scene.
public struct SceneOverrides: Sendable, Hashable {
  /// Values of `params`, written in the scene language.
  public var parameters: [String: String] = [:]
  public var aspect: AspectRatio?
  /// Exact pixels; wins over aspect and shorter side.
  public var size: (width: Int, height: Int)? {
    get { width.flatMap { w in height.map { (w, $0) } } }
    set { (width, height) = (newValue?.width, newValue?.height) }
  }
  public var fps: FrameRate?
  /// One of the scene's `variants:`.
  public var variant: String?
  /// From the quality preset: pixels of the shorter side, and frames per second unless the scene says them.
  public var shorterSide = 1080
  public var presetFPS: FrameRate?
  /// From the quality preset: what the caps of particle systems are multiplied by.
  public var particleScale = 1.0
  /// Scenes whose frames take more than 1e10 operations are no error.
  public var allowsHeavy = false
  /// The program that finds the subjects of pictures; nil: we do.
  public var detector: String?
  /// Narrations are said aloud.
  public var speaks = false

  /// The folder that the scene's paths may not leave; nil: that of the scene.
  public var root: String?
  /// How many folders the scene's lies below that one: its paths may begin with as many `..`.
  public var foldersBelowRoot = 0

  private var width: Int?
  private var height: Int?

  public init() {}
}
