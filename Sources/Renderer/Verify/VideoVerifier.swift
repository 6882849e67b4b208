import SceneLang

/// Holds a finished video to its scene and to the limits of what is good to look at.
public struct VideoVerifier: Sendable {
  public var graph: RenderGraph
  /// Frames of the scene that the video shows; nil for all.
  public var frames: Range<Int>?
  /// The `level:` of each segment.
  public var levels: [BrightnessBand]
  /// The video, and how it was to be made.
  public var output: Output
  /// Whether the video is shown over and over, so that its end is seen beside its beginning.
  public var isLoop = false
  public var kernels: KernelLevel
  public var cancellation: Cancellation

  /// Seconds of black that are told.
  static let longestBlack = 1.0
  /// Shares of black or white pixels, in the mean over a segment, from which on it is hard to see anything.
  static let mostCrushed = 0.98
  static let mostBlown = 0.25

  public init(
    graph: RenderGraph, frames: Range<Int>? = nil, levels: [BrightnessBand], output: Output, kernels: KernelLevel,
    cancellation: Cancellation = .never
  ) {
    precondition(levels.count == graph.segments.count, "a level for each segment")
    self.graph = graph
    self.frames = frames
    self.levels = levels
    self.output = output
    self.kernels = kernels
    self.cancellation = cancellation
  }

  /// Throws when the video cannot be read at all; whatever else is wrong is among the findings.
  public func verify() throws(BuildFailure) -> VideoVerification {
    let toolchain = try Toolchain.resolve(cancellation)
    let media = try MediaFile(path: output.path)
    let picture = output.picture(of: graph.format)
    let decoder = try VideoDecoder(media, output.format, picture, toolchain, cancellation)
    var meter = FrameMeter()
    var light = LightField(pictureWidth: decoder.width, pictureHeight: decoder.height)
    var detectors = FlashRule.all.map {
      FlashDetector($0, width: light.width, height: light.height, fps: picture.fps)
    }
    var faults = try streams(toolchain)
    do {
      try decoder.forEachFrame { pixels in
        meter.take(pixels)
        light.take(pixels, pictureWidth: decoder.width, pictureHeight: decoder.height)
        for index in detectors.indices { detectors[index].take(light) }
      }
      if let complaint = decoder.complaint.split(separator: "\n").first.map(Self.withoutSpeaker) {
        faults.append(finding(.streams, nil, "it is damaged: ffmpeg says `\(complaint)`"))
      }
    } catch  where error.kind == .verification {
      faults.append(finding(.streams, nil, error.message))
    }
    let frameCount = output.frameCount(of: range.count, graph.format)
    let isOther = meter.measures.count != frameCount
    if isOther, faults.isEmpty {
      faults.append(finding(.streams, nil, "\(meter.measures.count) of its \(frameCount) frames can be decoded"))
    }
    var result = VideoVerification(
      video: output.path, frames: meter.measures.count, segments: isOther ? [] : segments(meter.measures),
      seam: Double(meter.seam), usualDifference: Self.usualDifference(meter.measures), textContrasts: [],
      findings: faults)
    // Of the frames of another video nothing can be said in the scene's.
    if isOther { return result }
    result.textContrasts = try TextContrast.measure(graph, segments: shown, kernels: kernels)
    result.findings +=
      detectors.flatMap { $0.sequences.map(flash) } + brightness(result.segments)
      + contrast(result.textContrasts) + black(meter.measures) + (try silence(media, toolchain)) + seam(result)
    result.findings.sort { ($0.frames?.lowerBound ?? -1) < ($1.frames?.lowerBound ?? -1) }
    return result
  }

  // MARK: The scene's frames

  private var range: Range<Int> { frames ?? 0..<graph.frameCount }

  /// The segments that the video shows.
  private var shown: Range<Int> {
    let indices = graph.segments.indices.filter { graph.segments[$0].frames.overlaps(range) }
    return indices[0]..<indices[indices.count - 1] + 1
  }

  /// The frames of the scene that some frames of the file show.
  private func sceneFrames(_ frames: Range<Int>) -> Range<Int> {
    let first = range.lowerBound + output.videoFrame(shownIn: frames.lowerBound, graph.format)
    let end = range.lowerBound + output.videoFrame(shownIn: frames.upperBound, graph.format)
    return min(first, range.upperBound - 1)..<max(first + 1, min(end, range.upperBound))
  }

  private func finding(_ rule: VideoFinding.Rule, _ frames: Range<Int>?, _ message: String) -> VideoFinding {
    let segment = frames.flatMap { frames in graph.segments.firstIndex { $0.frames.contains(frames.lowerBound) } }
    return VideoFinding(rule: rule, frames: frames, segment: segment, message: message)
  }

  // MARK: Measures

  /// Of each segment that the video shows, as far as it shows it.
  private func segments(_ measures: [FrameMeasure]) -> [VideoVerification.Segment] {
    var places: [Int: [FrameMeasure]] = [:]
    for (frame, measure) in measures.enumerated() {
      let shown = sceneFrames(frame..<frame + 1).lowerBound
      guard let segment = graph.segments.firstIndex(where: { $0.frames.contains(shown) }) else { continue }
      let transition = graph.segments[segment].transition?.frameCount ?? 0
      guard shown >= graph.segments[segment].frames.lowerBound + transition else { continue }
      places[segment, default: []].append(measure)
    }
    return places.sorted { $0.key < $1.key }.map { index, measures in
      let count = Float(measures.count)
      return VideoVerification.Segment(
        name: graph.segments[index].name, frames: graph.segments[index].frames.clamped(to: range), level: levels[index],
        brightness: [10, 50, 90].map { Double(measures[(measures.count - 1) * $0 / 100].mean) },
        crushed: Double(measures.reduce(0) { $0 + $1.crushed } / count),
        blown: Double(measures.reduce(0) { $0 + $1.blown } / count))
    }
  }

  /// The difference between neighbours that 95 of 100 do not exceed.
  private static func usualDifference(_ measures: [FrameMeasure]) -> Double {
    let differences = measures.dropFirst().map(\.difference).sorted()
    return differences.isEmpty ? 0 : Double(differences[(differences.count * 95 + 99) / 100 - 1])
  }

  // MARK: Findings

  private func streams(_ toolchain: Toolchain) throws(BuildFailure) -> [VideoFinding] {
    do {
      try output.check(
        output.path, of: graph.format, frameCount: range.count,
        hasAudio: output.format.carriesSound && graph.audio != nil, hasSubtitles: output.format == .mp4 ? nil : false,
        toolchain, cancellation)
      return []
    } catch  where error.kind == .verification {
      let hint = "; it is held to the scene with the options that it was built with, such as `--quality draft`"
      return [finding(.streams, nil, error.message + hint)]
    }
  }

  private func flash(_ sequence: FlashSequence) -> VideoFinding {
    let place =
      sequence.rule.standard == .bt1702
      ? "the picture"
      : "a field at \(Self.percent(sequence.x.lowerBound)) % from the left and "
        + "\(Self.percent(sequence.y.lowerBound)) % from above"
    return finding(
      sequence.rule.light == .red ? .redFlashes : .flashes, sceneFrames(sequence.frames),
      "\(Self.tenths(sequence.flashes)) flashes \(sequence.rule.light == .red ? "of saturated red " : "")in a second, "
        + "over \(Self.percent(sequence.area)) % of \(place); \(sequence.rule.standard.rawValue) allows 3")
  }

  private func brightness(_ segments: [VideoVerification.Segment]) -> [VideoFinding] {
    segments.flatMap { segment -> [VideoFinding] in
      var findings: [VideoFinding] = []
      let range = segment.level.range
      if !range.contains(segment.meanBrightness) {
        findings.append(
          finding(
            .level, segment.frames,
            "its mean brightness is \(Self.tenths(segment.meanBrightness)) of 255, and `level: \(segment.level.rawValue)` means "
              + (range.upperBound < 255
                ? "\(Int(range.lowerBound)) to \(Int(range.upperBound))" : "\(Int(range.lowerBound)) or more")))
      }
      if segment.crushed > Self.mostCrushed {
        findings.append(finding(.crushed, segment.frames, "\(Self.tenths(segment.crushed * 100)) % of it is black"))
      }
      if segment.blown > Self.mostBlown {
        findings.append(finding(.blown, segment.frames, "\(Self.tenths(segment.blown * 100)) % of it is blown out"))
      }
      return findings
    }
  }

  private func contrast(_ contrasts: [TextContrast]) -> [VideoFinding] {
    contrasts.filter { !$0.isReadable }.map {
      finding(
        .textContrast, graph.segments[$0.segment].frames.clamped(to: range),
        "the text `\($0.layer)` has a contrast of \(Self.tenths($0.ratio)) to 1, and needs \(Self.tenths($0.needed))")
    }
  }

  private func black(_ measures: [FrameMeasure]) -> [VideoFinding] {
    let least = Int(Self.longestBlack * output.picture(of: graph.format).fps.value + 0.5)
    return measures.indices.split { measures[$0].mean > 1 }.filter { $0.count >= least }.map { run in
      let frames = sceneFrames(run.startIndex..<run.endIndex)
      return finding(
        .black, frames, "\(Self.tenths(graph.format.fps.seconds(ofFrame: frames.count))) s of it are black")
    }
  }

  private func silence(_ media: MediaFile, _ toolchain: Toolchain) throws(BuildFailure) -> [VideoFinding] {
    guard output.format.carriesSound, graph.audio != nil else { return [] }
    let meter: SilenceMeter
    do {
      meter = try SilenceMeter(media, toolchain, cancellation)
    } catch  where error.kind == .asset {
      // `streams` says that there is no sound.
      return []
    }
    return meter.runs.map { run in
      let start = range.lowerBound + Int(run.lowerBound * graph.format.fps.value)
      let end = range.lowerBound + Int(run.upperBound * graph.format.fps.value)
      let frames = min(start, range.upperBound - 1)..<max(start + 1, min(end, range.upperBound))
      return finding(.silence, frames, "\(Self.tenths(run.upperBound - run.lowerBound)) s of it are silent")
    }
  }

  /// The end goes over into the beginning if that is no greater step than others in the video.
  private func seam(_ result: VideoVerification) -> [VideoFinding] {
    guard isLoop, result.seam > max(2, 2 * result.usualDifference) else { return [] }
    return [
      finding(
        .loopSeam, range.upperBound - 1..<range.upperBound,
        "where they are lit, the last frame differs from the first by \(Self.tenths(result.seam)) of 255, and neighbours by "
          + "\(Self.tenths(result.usualDifference))")
    ]
  }

  /// A line of ffmpeg's without the part of it that speaks, which has another address each time.
  private static func withoutSpeaker(_ line: Substring) -> Substring {
    line.hasPrefix("[") ? line.drop { $0 != "]" }.dropFirst(2) : line
  }

  private static func percent(_ share: Double) -> Int { Int(share * 100 + 0.5) }

  /// With one digit after the point.
  private static func tenths(_ value: Double) -> String {
    let tenths = Int(value * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
