import SceneLang

/// Renders clips at once, one worker with one encoder process for each, into the store.
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
  /// Told of what went wrong and was mended; called by any worker.
  var onWarning: @Sendable (String) -> Void = { _ in }

  /// Renders `clips` (of different keys) on `workers` threads and adds each to `finished`.
  ///
  /// Longest clips first: short ones fill the gaps at the end, and workers without a clip help with the last ones. `onProgress` is called by one thread at a time, first with
  /// nothing done. After a failure no further clip is begun and those under way are finished, so that nothing done is lost; the failure of the
  /// earliest clip is thrown.
  func render(
    _ clips: [Clip], workers: Int, into finished: FinishedClips,
    onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) throws(BuildFailure) {
    guard !clips.isEmpty else { return }
    let board = ClipBoard(clips, workers: workers, onProgress)
    var threads: [WorkerThread] = []
    do {
      for _ in 0..<min(workers, clips.count) {
        threads.append(
          try WorkerThread {
            while let clip = board.next() {
              board.finish(clip, Result { () throws(BuildFailure) in try render(clip, board, into: finished) })
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

  /// Renders one clip, once more when its encoder fails, which is told: what killed it may be gone.
  private func render(_ clip: Clip, _ board: ClipBoard, into finished: FinishedClips) throws(BuildFailure) {
    do {
      try attempt(clip, board, into: finished)
    } catch  where error.kind == .encoder {
      onWarning("clip \(clip.index + 1) is rendered once more: \(error.message)")
      board.takeBack(clip)
      do {
        try attempt(clip, board, into: finished)
      } catch  where error.kind == .encoder {
        var final = error
        final.message = "clip \(clip.index + 1) failed twice: \(error.message)"
        throw final
      }
    }
  }

  private func attempt(_ clip: Clip, _ board: ClipBoard, into finished: FinishedClips) throws(BuildFailure) {
    var files = [try File(clip.key, codec, of: clip, in: self)]
    if let twin = twins[clip.key] { files.append(try File(twin.key, twin.codec, of: clip, in: self)) }
    let codecs = files.map(\.codec)
    let source = try rendering(clip) { try makeSource(clip) }
    let team = FrameTeam(source, sizes: files.map(\.frameSize)) { frame, source, buffers in
      try Self.render(frame, source, codecs, into: buffers)
    }
    // The encoders read the team's memory until they have ended.
    defer { withExtendedLifetime(team) {} }
    try rendering(clip) {
      try cancellation.check()
      try team.render(clip.frames, helpers: { board.helpers }) { buffers, size in
        for (file, bytes) in zip(files, buffers) { try file.write(UnsafeRawBufferPointer(bytes)) }
        board.countFrame(of: clip, team: size)
        try cancellation.check()
      }
    }
    var entries: [ContentHash: ClipStore.Entry] = [:]
    for file in files { entries[file.key] = try file.finish() }
    // Before the team goes, whose memory takes its time: others wait for the clip.
    finished.add(entries)
  }

  private static func render(
    _ frame: Int, _ source: any ClipFrameSource, _ codecs: [ClipCodec], into buffers: FrameTeam.Buffers
  ) throws {
    var (video, colors): (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt8>?)
    for (codec, buffer) in zip(codecs, buffers) {
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

  /// One file that a clip becomes, in the making.
  private final class File {
    let key: ContentHash
    let codec: ClipCodec
    private let part: PartFile
    private let encoder: ClipEncoder
    private let store: ClipStore
    private var hashes: FrameHashList?

    init(
      _ key: ContentHash, _ codec: ClipCodec, of clip: Clip, in scheduler: ClipScheduler
    ) throws(BuildFailure) {
      self.key = key
      self.codec = codec
      store = scheduler.store
      part = try store.makePart()
      encoder = try ClipEncoder(
        scheduler.toolchain, codec, scheduler.format,
        threads: codec.threads(for: clip), length: clip.frames.count, into: part, scheduler.cancellation,
        patience: scheduler.patience, log: try scheduler.logs?.file(BuildLogs.name(ofClip: clip.index)))
      hashes = scheduler.recordsFrames ? FrameHashList() : nil
    }

    /// Bytes of a frame, as the encoder takes it.
    var frameSize: Int { encoder.frameSize }

    func write(_ frame: UnsafeRawBufferPointer) throws(BuildFailure) {
      hashes?.take(frame)
      try encoder.write(frame, lending: true)
    }

    func finish() throws(BuildFailure) -> ClipStore.Entry {
      try encoder.finish()
      if let hashes { try store.keep(hashes.text, key, .frames) }
      return try store.commit(part, key, .video)
    }
  }

  /// Tells failures of the renderer by the clip in which they happened.
  private func rendering<Value>(_ clip: Clip, _ body: () throws -> Value) throws(BuildFailure) -> Value {
    do {
      return try body()
    } catch let failure as BuildFailure {
      throw failure
    } catch {
      throw BuildFailure(.rendering, "cannot render frames \(clip.frames): \(error)")
    }
  }
}
