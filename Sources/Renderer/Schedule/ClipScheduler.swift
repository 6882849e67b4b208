import SceneLang

/// Renders clips into the store, several at once: a worker for each run of them, and an encoder for each clip.
struct ClipScheduler: Sendable {
  let format: PictureFormat
  let codec: ClipCodec
  let toolchain: Toolchain
  let store: ClipStore
  let makeSource: @Sendable (Clip) throws -> any ClipFrameSource
  let cancellation: Cancellation
  /// How long an encoder may stand still.
  var patience: Duration = .seconds(60)
  var logs: BuildLogs?
  /// Whether the hashes of a clip's frames are kept beside it.
  var recordsFrames = false
  /// Files that clips become as well, by the key of the clip: its frames are rendered once and encoded twice.
  var twins: [ContentHash: (key: ContentHash, codec: ClipCodec)] = [:]
  /// Bytes of the frames that wait for encoders at most, for each worker that helps another one: 48 frames of 1080p.
  private static let waitingBytes = 150_000_000
  /// The share of the machine's memory that all of them may take.
  private static let waitingShare = 0.1

  /// Told of what went wrong and was mended; called by any worker.
  var onWarning: @Sendable (String) -> Void = { _ in }

  /// Renders `clips` (of different keys, in their order) on `workers` threads and adds each to `finished`.
  ///
  /// Longest first: short ones fill the gaps at the end, and workers without a clip help with the last ones. `onProgress` is
  /// called by one thread at a time, first with nothing done. After a failure no further run is begun and those under way are
  /// finished, so that nothing done is lost; the failure of the earliest one is thrown.
  func render(
    _ clips: [Clip], workers: Int, into finished: FinishedClips,
    onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) throws(BuildFailure) {
    guard !clips.isEmpty else { return }
    let runs = ClipRun.all(clips)
    let board = ClipBoard(runs, workers: workers, onProgress)
    var threads: [WorkerThread] = []
    do {
      for _ in 0..<min(workers, runs.count) {
        threads.append(
          try WorkerThread {
            while let run = board.next() {
              board.end(run, Result { () throws(BuildFailure) in try render(run, board, into: finished) })
            }
          })
      }
    } catch  where !threads.isEmpty {
      // Fewer workers than asked for do the same work.
    }
    for thread in threads { thread.join() }
    try cancellation.check()
    try board.check()
  }

  /// Renders a run. What an encoder did not finish is rendered once more, which is told: what killed it may be gone.
  private func render(_ run: ClipRun, _ board: ClipBoard, into finished: FinishedClips) throws(BuildFailure) {
    var failed: Set<Clip> = []
    var rest = [run]
    while let next = rest.first {
      var current = next.clips[0]
      do {
        try attempt(next, of: run, board, into: finished, current: &current)
      } catch  where error.kind == .encoder {
        guard failed.insert(current).inserted else {
          var final = error
          final.message = "clip \(current.index + 1) failed twice: \(error.message)"
          throw final
        }
        onWarning("clip \(current.index + 1) is rendered once more: \(error.message)")
      }
      rest = ClipRun.all(run.clips.filter { !finished.contains($0.key) })
      board.takeBack(run, left: rest.reduce(0) { $0 + $1.frames.count })
    }
  }

  /// Renders clips of a run one after the other; an encoder of each goes on with what is left of it while the next one is
  /// rendered. `current` is told of the clip that fails.
  private func attempt(
    _ part: ClipRun, of run: ClipRun, _ board: ClipBoard, into finished: FinishedClips, current: inout Clip
  ) throws(BuildFailure) {
    let codecs = part.clips.map { files(of: $0).map(\.codec) }.max { $0.count < $1.count }!
    let sizes = codecs.map { $0.frameSize(format) }
    let pool = FramePool(sizes: sizes)
    let places = EncoderPlaces()
    let frameSize = sizes.reduce(0, +)
    /// For each helper, and for all of them: frames that wait where the next encoder may begin.
    let waitingEach = part.clips.count > 1 ? min(ClipPlan.longestSequential / 2, Self.waitingBytes / frameSize) : 0
    let mostWaiting = Int(Double(Machine.current().memory) * Self.waitingShare) / frameSize
    func writer(_ clip: Clip) throws(BuildFailure) -> ClipWriter {
      try ClipWriter(clip, in: self, pool, places) { entries in
        finished.add(entries)
        board.countClip()
      }
    }
    var waiting = part.clips[...]
    var writers = [try writer(waiting.removeFirst())]
    /// Takes those out that are done; `all` waits for them.
    func collect(all: Bool) throws(BuildFailure) {
      for writer in writers {
        current = writer.clip
        if all { try writer.finish() } else if try !writer.isFinished() { continue }
        writers.removeAll { $0 === writer }
      }
    }

    let source = try rendering(part.frames) { try makeSource(part.clips[0]) }
    let team = FrameTeam(source, pool) { frame, source, memory in
      try Self.render(frame, source, codecs, into: memory)
    }
    try rendering(part.frames) {
      try cancellation.check()
      try team.render(part.frames, helpers: { board.helpers }) { frame, size in
        let helpers = board.helpers
        // Beside those that wait, one that is rendered and one that is handed on.
        pool.allow(2 * helpers + min(helpers * waitingEach, mostWaiting))
        places.allow(1 + helpers)
        let last = writers[writers.count - 1]
        current = last.clip
        try last.take(frame)
        board.countFrame(of: run, team: size)
        if last.isWhole, let next = waiting.popFirst() {
          try collect(all: false)
          writers.append(try writer(next))
        }
        try cancellation.check()
      }
    }
    try collect(all: true)
  }

  /// What a clip becomes.
  func files(of clip: Clip) -> [(key: ContentHash, codec: ClipCodec)] {
    [(clip.key, codec)] + (twins[clip.key].map { [$0] } ?? [])
  }

  private static func render(
    _ frame: Int, _ source: any ClipFrameSource, _ codecs: [ClipCodec], into memory: FrameMemory
  ) throws {
    var (video, colors): (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?)
    for (codec, buffer) in zip(codecs, memory.files) {
      let bytes = buffer.assumingMemoryBound(to: UInt8.self).baseAddress!
      switch codec {
      case .final: video = bytes
      case .lossless: colors = bytes
      case .losslessCovered: return try source.renderCovered(frame, into: bytes)
      }
    }
    switch (video, colors) {
    case (let video?, let colors?): try source.renderFrame(frame, into: video, colors: colors)
    case (let video?, nil): try source.renderFrame(frame, into: video)
    case (nil, let colors?): try source.renderColors(frame, into: colors)
    case (nil, nil): preconditionFailure("a clip without a file")
    }
  }

  /// Tells failures of the renderer by the frames in which they happened.
  private func rendering<Value>(_ frames: Range<Int>, _ body: () throws -> Value) throws(BuildFailure) -> Value {
    do {
      return try body()
    } catch let failure as BuildFailure {
      throw failure
    } catch {
      throw BuildFailure(.rendering, "cannot render frames \(frames): \(error)")
    }
  }
}
