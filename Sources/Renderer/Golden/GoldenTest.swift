import SceneLang

/// Renders the golden frames of a scene and compares them with what is kept beside it.
public struct GoldenTest {
  public let graph: RenderGraph
  /// Ascending.
  public let frames: [Int]
  private let renderer: SceneRenderer
  private let store: ClipStore

  /// Pixels of a picture that is kept for comparing by eye.
  private static let pictureWidth = 640

  /// A frame that is not what it was.
  public struct Mismatch {
    public var frame: GoldenFile.Frame
    /// The first stage that differs; nil for a frame that is new.
    public var stage: String?
    /// What was | what changed, four times as strong | what is. What was is black where the cache no longer has it.
    public var sheet: Picture
    public var hasExpected: Bool
  }

  /// `declared`: the frames that the scene names; nil for the first, the middle and the last of each segment. `store`
  /// keeps small pictures of frames, so that what was can be shown beside what is.
  public init(graph: RenderGraph, declared: [Int]?, kernels: KernelLevel, store: ClipStore) {
    self.graph = graph
    self.store = store
    frames =
      declared
      ?? Set(
        graph.segments.flatMap { segment -> [Int] in
          let (first, count) = (segment.frames.lowerBound, segment.frames.count)
          return [first, first + count / 2, first + count - 1]
        }
      ).sorted()
    renderer = SceneRenderer(graph: graph, kernels: kernels)
  }

  /// Renders all golden frames, as they are to be kept.
  public func record() throws(BuildFailure) -> GoldenFile {
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    let frames = try frames.map { (number) throws(BuildFailure) in
      let frame = try render(number, into: picture)
      try keep(small(picture), of: frame)
      return frame
    }
    return GoldenFile(format: graph.format, frames: frames)
  }

  /// The frames that are not as in `golden`. Precondition: it is of the same format and the same frames.
  public func mismatches(with golden: GoldenFile) throws(BuildFailure) -> [Mismatch] {
    precondition(
      golden.format == graph.format && golden.frames.map(\.number) == frames, "golden frames of other frames")
    let picture = Picture(width: graph.format.width, height: graph.format.height)
    var mismatches: [Mismatch] = []
    for expected in golden.frames {
      let actual = try render(expected.number, into: picture)
      if let stage = actual.stages.firstDifference(from: expected.stages) {
        let before = expected.stages.stages.last.flatMap { stored($0.hash) }
        mismatches.append(
          Mismatch(
            frame: actual, stage: stage, sheet: sheet(before, small(picture)), hasExpected: before != nil))
      } else {
        try keep(small(picture), of: actual)
      }
    }
    return mismatches
  }

  private func render(_ number: Int, into picture: Picture) throws(BuildFailure) -> GoldenFile.Frame {
    let segment = graph.segments.first { $0.frames.contains(number) }
    return GoldenFile.Frame(
      number: number, segment: segment?.name ?? "", stages: try renderer.stages(of: number, into: picture))
  }

  // MARK: Pictures

  private func small(_ picture: Picture) -> Picture {
    let sheet = ContactSheet(format: graph.format, count: 1, columns: 1, cellWidth: Self.pictureWidth)
    sheet.put(picture, at: 0)
    return sheet.picture
  }

  private func sheet(_ before: Picture?, _ after: Picture) -> Picture {
    let sheet = ContactSheet(format: graph.format, count: 3, columns: 3, cellWidth: Self.pictureWidth)
    if let before {
      sheet.put(before, at: 0)
      sheet.put(Self.difference(before, after), at: 1)
    }
    sheet.put(after, at: 2)
    return sheet.picture
  }

  private static func difference(_ a: Picture, _ b: Picture) -> Picture {
    let result = Picture(width: a.width, height: a.height)
    for plane in 0..<3 {
      for y in 0..<a.height {
        let (left, right, out) = (a.row(y, plane: plane), b.row(y, plane: plane), result.row(y, plane: plane))
        for x in 0..<a.width { out[x] = UInt8(min(255, 4 * abs(Int(left[x]) - Int(right[x])))) }
      }
    }
    return result
  }

  private static func key(_ picture: String) -> ContentHash { ContentHash(of: "golden picture \(picture)".utf8) }

  private func keep(_ small: Picture, of frame: GoldenFile.Frame) throws(BuildFailure) {
    guard let hash = frame.stages.stages.last?.hash, stored(hash) == nil else { return }
    try store.keep(PortablePixmap.encode(small), Self.key(hash), .picture)
  }

  private func stored(_ hash: String) -> Picture? {
    guard let picture = store.bytes(Self.key(hash), .picture).flatMap({ PortablePixmap.decode($0) }),
      picture.width <= Self.pictureWidth
    else { return nil }
    return picture
  }
}
