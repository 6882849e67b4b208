import SceneLang
import Synchronization

/// Renders clips at once, one worker with one encoder process for each, into the store.
struct ClipScheduler: Sendable {
  let format: PictureFormat
  let encoder: EncoderSettings
  let toolchain: Toolchain
  let store: ClipStore
  let makeSource: ClipFrameSourceFactory
  let cancellation: Cancellation
  /// How long an encoder may stand still.
  var patience: Duration = .seconds(60)

  /// Renders `clips` (of different keys) on `workers` threads and gives their entries by key.
  ///
  /// Longest clips first: short ones fill the gaps at the end. `onProgress` is called by one thread at a time. After a
  /// failure no further clip is begun and those under way are finished, so that nothing done is lost; the failure of the
  /// earliest clip is thrown.
  func render(
    _ clips: [Clip], workers: Int, onProgress: @escaping @Sendable (BuildProgress) -> Void
  ) throws(BuildFailure) -> [ContentHash: ClipStore.Entry] {
    let board = Board(clips, onProgress)
    var threads: [WorkerThread] = []
    do {
      for _ in 0..<min(workers, clips.count) {
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
  private func render(_ clip: Clip, _ board: Board) throws(BuildFailure) -> ClipStore.Entry {
    do {
      return try attempt(clip, board)
    } catch  where error.kind == .encoder {
      board.takeBack(clip)
      do {
        return try attempt(clip, board)
      } catch  where error.kind == .encoder {
        var final = error
        final.message = "clip \(clip.index) failed twice: \(error.message)"
        throw final
      }
    }
  }

  private func attempt(_ clip: Clip, _ board: Board) throws(BuildFailure) -> ClipStore.Entry {
    let part = try store.makePart()
    let encoder = try ClipEncoder(toolchain, encoder, format, into: part, cancellation, patience: patience)
    let source = try rendering(clip) { try makeSource(clip) }
    let frame = UnsafeMutableRawBufferPointer.allocate(byteCount: encoder.frameSize, alignment: 64)
    defer { frame.deallocate() }
    let yuv = frame.baseAddress!.assumingMemoryBound(to: UInt8.self)
    for number in clip.frames {
      try cancellation.check()
      try rendering(clip) { try source.renderFrame(number, into: yuv) }
      try encoder.write(UnsafeRawBufferPointer(frame))
      board.countFrame(of: clip)
    }
    try encoder.finish()
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

/// What the workers share: the clips to do and what has become of them.
private final class Board: Sendable {
  private struct State {
    /// Shortest first, taken from the end.
    var waiting: [Clip]
    var framesDone: [ContentHash: Int] = [:]
    var progress: BuildProgress
    var entries: [ContentHash: ClipStore.Entry] = [:]
    var failures: [(clip: Int, failure: BuildFailure)] = []
  }

  private let state: Mutex<State>
  private let onProgress: @Sendable (BuildProgress) -> Void

  init(_ clips: [Clip], _ onProgress: @escaping @Sendable (BuildProgress) -> Void) {
    let progress = BuildProgress(
      step: .rendering, frames: clips.reduce(0) { $0 + $1.frames.count }, renderedFrames: 0, clips: clips.count,
      finishedClips: 0)
    let waiting = clips.sorted { ($0.frames.count, $1.index) < ($1.frames.count, $0.index) }
    state = Mutex(State(waiting: waiting, progress: progress))
    self.onProgress = onProgress
  }

  /// The next clip to be rendered; nil when there is none or one has failed.
  func next() -> Clip? { state.withLock { $0.failures.isEmpty ? $0.waiting.popLast() : nil } }

  func countFrame(of clip: Clip) {
    state.withLock {
      $0.framesDone[clip.key, default: 0] += 1
      $0.progress.renderedFrames += 1
      onProgress($0.progress)
    }
  }

  /// Forgets the frames of a clip that is begun anew.
  func takeBack(_ clip: Clip) {
    state.withLock { $0.progress.renderedFrames -= $0.framesDone.removeValue(forKey: clip.key) ?? 0 }
  }

  func finish(_ clip: Clip, _ result: Result<ClipStore.Entry, BuildFailure>) {
    state.withLock {
      switch result {
      case .success(let entry):
        $0.entries[clip.key] = entry
        $0.progress.finishedClips += 1
        onProgress($0.progress)
      case .failure(let failure): $0.failures.append((clip.index, failure))
      }
    }
  }

  func result() throws(BuildFailure) -> [ContentHash: ClipStore.Entry] {
    let (entries, failures) = state.withLock { ($0.entries, $0.failures) }
    if let first = failures.min(by: { $0.clip < $1.clip }) { throw first.failure }
    return entries
  }
}
