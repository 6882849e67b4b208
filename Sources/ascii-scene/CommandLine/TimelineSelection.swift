import SceneLang

/// The options that choose a part of the video, and the frames that they choose.
enum TimelineSelection {
  static let from = Option<TimePoint?>(
    "from", value: "TIME", default: nil, "Where the part begins: 2.5s, 60f or 50% of the video."
  ) { (value, text) throws(InvalidValue) in value = try TimePoint(parsing: text) }

  static let to = Option<TimePoint?>(
    "to", value: "TIME", default: nil, "Where the part ends; what is shown there is no part of it."
  ) { (value, text) throws(InvalidValue) in value = try TimePoint(parsing: text) }

  static let segment = Option<String?>("segment", value: "NAME", default: nil, "Only the segment of that name.") {
    (value, text) throws(InvalidValue) in value = text
  }

  static let options: [any OptionDeclaration] = [CommonOptions.frames, from, to, segment]

  /// The chosen frames; nil for the whole video.
  ///
  /// Throws `CommandFailure` with code `.usage` when they are not there, or when the part is named in two ways.
  static func frames(_ arguments: ParsedArguments, of graph: RenderGraph) throws -> Range<Int>? {
    let frames = arguments[CommonOptions.frames]
    let (start, end, name) = (arguments[from], arguments[to], arguments[segment])
    let ways = [frames != nil, start != nil || end != nil, name != nil].count { $0 }
    guard ways <= 1 else {
      throw CommandFailure(.usage, "give one of `--frames`, `--from` with `--to`, and `--segment`")
    }
    if let frames { return try frames.resolve(frameCount: graph.frameCount) }
    if let name { return try self.segment(name, of: graph).frames }
    guard start != nil || end != nil else { return nil }
    let first = start?.boundary(of: graph) ?? 0
    let last = end?.boundary(of: graph) ?? graph.frameCount
    if start != nil, end != nil, last <= graph.frameCount, first >= last {
      throw CommandFailure(.usage, "`--to` has to be later than `--from`")
    }
    guard first < last, last <= graph.frameCount else {
      let length = graph.format.fps.seconds(ofFrame: graph.frameCount)
      throw CommandFailure(
        .usage, "frames \(first)..\(last) are no part of the video, which has frames 0..\(graph.frameCount)",
        help: "give times between 0s and \(length)s")
    }
    return first..<last
  }

  private static func segment(_ name: String, of graph: RenderGraph) throws -> SegmentGraph {
    if let segment = graph.segments.first(where: { $0.name == name }) { return segment }
    let names = graph.segments.map(\.name)
    throw CommandFailure(
      .usage, "the scene has no segment `\(name)`",
      help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
        ?? "its segments are \(names.joined(separator: ", "))")
  }
}

extension TimePoint {
  /// The frame that begins nearest to that time: absolute time × fps, rounded half up, as segments are cut.
  fileprivate func boundary(of graph: RenderGraph) -> Int {
    switch self {
    case .frame(let frame): frame
    case .seconds(let seconds): Int(min(seconds * graph.format.fps.value + 0.5 + 1e-9, 1e9))
    case .share(let share): Int(share * Double(graph.frameCount) + 0.5)
    }
  }
}
