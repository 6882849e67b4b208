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

  /// Renders `clips` (of different keys) on `workers` threads and gives their entries by key.
  ///
  /// Longest clips first: short ones fill the gaps at the end. `onProgress` is called by one thread at a time, first with
  /// nothing done. After a failure no further clip is begun and those under way are finished, so that nothing done is lost; the failure of the
  /// earliest clip is thrown.
  func render(
    _ clips: [Clip], workers: Int, onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) throws(BuildFailure) -> [ContentHash: ClipStore.Entry] {
    guard !clips.isEmpty else { return [:] }
    let workers = min(workers, clips.count)
    let board = ClipBoard(clips, workers: workers, onProgress)
    var threads: [WorkerThread] = []
    do {
      for _ in 0..<workers {
        threads.append(
          try WorkerThread {
            while let clip = board.next() {
              board.finish(clip, Result { () throws(BuildFailure) in try render(clip, board) })
            }
          })
      }
    } catch  where !threads.isEmpty {
      // Fewer workers than asked for do the same work.
    }
    for thread in threads { thread.join() }
    try cancellation.check()
    return try board.result()
  }

  /// Renders one clip, once more when its encoder fails: what killed it may be gone.
  private func render(_ clip: Clip, _ board: ClipBoard) throws(BuildFailure) -> ClipStore.Entry {
    do {
      return try attempt(clip, board)
    } catch  where error.kind == .encoder {
      board.takeBack(clip)
      do {
        return try attempt(clip, board)
      } catch  where error.kind == .encoder {
        var final = error
        final.message = "clip \(clip.index + 1) failed twice: \(error.message)"
        throw final
      }
    }
  }

  private func attempt(_ clip: Clip, _ board: ClipBoard) throws(BuildFailure) -> ClipStore.Entry {
    let part = try store.makePart()
    let encoder = try ClipEncoder(
      toolchain, codec, format, into: part, cancellation, patience: patience,
      log: try logs?.file(BuildLogs.name(ofClip: clip.index)))
    let source = try rendering(clip) { try makeSource(clip) }
    let frame = UnsafeMutableRawBufferPointer.allocate(byteCount: encoder.frameSize, alignment: 64)
    defer { frame.deallocate() }
    let bytes = frame.baseAddress!.assumingMemoryBound(to: UInt8.self)
    var hashes = FrameHashList()
    for number in clip.frames {
      try cancellation.check()
      try rendering(clip) {
        switch codec {
        case .final: try source.renderFrame(number, into: bytes)
        case .lossless: try source.renderColors(number, into: bytes)
        case .losslessCovered: try source.renderCovered(number, into: bytes)
        }
      }
      if recordsFrames { hashes.take(UnsafeRawBufferPointer(frame)) }
      try encoder.write(UnsafeRawBufferPointer(frame))
      board.countFrame(of: clip)
    }
    try encoder.finish()
    if recordsFrames { try store.keep(hashes.text, clip.key, .frames) }
    return try store.commit(part, clip.key, .video)
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
