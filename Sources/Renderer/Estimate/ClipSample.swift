import Glibc
import SceneLang

/// What a few frames of a clip cost, rendered and encoded as a build does it.
struct ClipSample: Hashable {
  /// Processor seconds of the renderer: until the first frame stands, and for each frame after it.
  var preparing: Double
  var rendering: Double
  /// Processor seconds of the encoder: to start, and for each frame.
  var starting: Double
  var encoding: Double
  /// Bytes of the first frame with the file's head, and of each frame after it.
  var firstBytes: Double
  var frameBytes: Double

  /// Frames that are measured.
  static let count = 12

  /// Renders and encodes frames from a third of the clip on into scratch files of the store.
  init(
    _ clip: Clip, _ plan: BuildPlan, _ toolchain: Toolchain, _ store: ClipStore, _ exposures: SharedExposures,
    _ cancellation: Cancellation
  ) throws(BuildFailure) {
    let count = min(Self.count, clip.frames.count)
    let first = clip.frames.lowerBound + (clip.frames.count - count) / 3
    let source: any ClipFrameSource
    do { source = try plan.makeSource(clip, exposures) } catch {
      throw BuildFailure(.rendering, "cannot render frames \(clip.frames): \(error)")
    }
    let frame = UnsafeMutableRawBufferPointer.allocate(
      byteCount: plan.codec.frameSize(plan.graph.format), alignment: 64)
    defer { frame.deallocate() }
    var clock = ProcessorClock()
    try Self.render(first, source, into: frame)
    preparing = clock.lap()

    // One frame alone tells what is paid once.
    let alone = try Self.encode(clip, plan, toolchain, store, cancellation) { (encoder) throws(BuildFailure) in
      try encoder.write(UnsafeRawBufferPointer(frame))
    }
    clock = ProcessorClock()
    let all = try Self.encode(clip, plan, toolchain, store, cancellation) { (encoder) throws(BuildFailure) in
      for number in first..<first + count {
        try Self.render(number, source, into: frame)
        try encoder.write(UnsafeRawBufferPointer(frame))
      }
    }
    rendering = clock.lap() / Double(count)
    // The frames of the clip before the first one may have been rendered, too.
    let rendered = 1 + (clip.isSequential ? first - clip.frames.lowerBound : 0)
    preparing = max(0, preparing - Double(rendered) * rendering)
    let rest = Double(max(1, count - 1))
    encoding = max(0, all.seconds - alone.seconds) / rest
    starting = max(0, alone.seconds - encoding)
    firstBytes = Double(alone.bytes)
    frameBytes = max(0, Double(all.bytes - alone.bytes)) / rest
  }

  private static func render(
    _ number: Int, _ source: any ClipFrameSource, into frame: UnsafeMutableRawBufferPointer
  ) throws(BuildFailure) {
    do { try source.renderFrame(number, into: frame.baseAddress!.assumingMemoryBound(to: UInt8.self)) } catch {
      throw BuildFailure(.rendering, "cannot render frame \(number): \(error)")
    }
  }

  /// Processor seconds and bytes of an encoder that `body` feeds; its file goes with it.
  private static func encode(
    _ clip: Clip, _ plan: BuildPlan, _ toolchain: Toolchain, _ store: ClipStore, _ cancellation: Cancellation,
    _ body: (ClipEncoder) throws(BuildFailure) -> Void
  ) throws(BuildFailure) -> (seconds: Double, bytes: Int) {
    let before = ResourceUse.ofChildren.seconds
    let part = try store.makePart()
    let encoder = try ClipEncoder(
      toolchain, plan.codec, plan.graph.format, into: part, cancellation)
    try body(encoder)
    try encoder.finish()
    return (ResourceUse.ofChildren.seconds - before, part.size)
  }
}

/// Processor time of this thread: what other programs take of the machine does not count.
private struct ProcessorClock {
  private var start = Self.now

  /// Seconds since it was made or last asked.
  mutating func lap() -> Double {
    let now = Self.now
    defer { start = now }
    return now - start
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What processes took so far.
struct ResourceUse {
  /// Of the processor, user and system.
  var seconds: Double
  /// Bytes of the largest resident set.
  var memory: Int

  static var ofThisProcess: ResourceUse { ResourceUse(RUSAGE_SELF.rawValue) }
  /// Of the children that have ended.
  static var ofChildren: ResourceUse { ResourceUse(RUSAGE_CHILDREN.rawValue) }

  private init(_ who: Int32) {
    var usage = rusage()
    getrusage(who, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    self.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    memory = usage.ru_maxrss << 10
  }
}
