/// One clip in the making: a thread that hands its frames to the encoders of its files, and puts these into the store. It
/// begins when there is a place for its encoders; frames wait for it.
final class ClipWriter {
  private struct State {
    /// Handed over, and not yet begun to be encoded.
    var frames: [FrameMemory] = []
    var isGivenUp = false
    var result: Result<Void, BuildFailure>?

    /// What the thread does next, nil inside for nothing any more; nil while it has to wait.
    mutating func next() -> FrameMemory?? {
      if isGivenUp { return .some(nil) }
      return frames.isEmpty ? nil : .some(frames.removeFirst())
    }
  }

  let clip: Clip
  private let state = Monitor(State())
  private let pool: FramePool
  private let thread: WorkerThread
  private var frameCount = 0

  /// `onFinish` takes the files when they are in the store, on the writer's thread.
  init(
    _ clip: Clip, in scheduler: ClipScheduler, _ pool: FramePool, _ places: EncoderPlaces,
    onFinish: @escaping @Sendable ([ContentHash: ClipStore.Entry]) -> Void
  ) throws(BuildFailure) {
    self.clip = clip
    self.pool = pool
    thread = try WorkerThread { [state] in
      let result = Result { () throws(BuildFailure) in
        try places.occupying { () throws(BuildFailure) in
          onFinish(try Self.write(clip, scheduler, pool) { state.wait { $0.next() } })
        }
      }
      let rest = state.change { state in
        state.result = result
        defer { state.frames = [] }
        return state.frames
      }
      for frame in rest { pool.giveBack(frame) }
    }
  }

  deinit {
    if !isWhole { state.change { $0.isGivenUp = true } }
    thread.join()
  }

  /// Whether all frames have been handed over.
  var isWhole: Bool { frameCount == clip.frames.count }

  /// Takes the next frame, whose memory goes back to the pool. Throws what the encoders died of.
  func take(_ frame: FrameMemory) throws(BuildFailure) {
    frameCount += 1
    let result = state.change { state in
      if state.result == nil { state.frames.append(frame) }
      return state.result
    }
    guard let result else { return }
    pool.giveBack(frame)
    try result.get()
  }

  /// Whether all is in the store. Throws what went wrong.
  func isFinished() throws(BuildFailure) -> Bool {
    guard let result = state.wait({ .some($0.result) }) else { return false }
    try result.get()
    return true
  }

  /// Waits until all is in the store. Precondition: the clip is whole.
  func finish() throws(BuildFailure) { try state.wait { $0.result }.get() }

  /// `next` waits for the next frame and gives nil when the clip is given up.
  private static func write(
    _ clip: Clip, _ scheduler: ClipScheduler, _ pool: FramePool, next: () -> FrameMemory?
  ) throws(BuildFailure) -> [ContentHash: ClipStore.Entry] {
    let files = try scheduler.files(of: clip).map { (file) throws(BuildFailure) in
      try File(file.key, file.codec, of: clip, in: scheduler)
    }
    // The encoders read a frame until the next one has been written.
    var lent: FrameMemory?
    defer { if let lent { pool.giveBack(lent) } }
    for number in 1...clip.frames.count {
      guard let frame = next() else { throw .cancelled }
      defer {
        if let lent { pool.giveBack(lent) }
        lent = frame
      }
      for (file, bytes) in zip(files, frame.files) {
        try file.write(UnsafeRawBufferPointer(bytes), lending: number < clip.frames.count)
      }
    }
    var entries: [ContentHash: ClipStore.Entry] = [:]
    for file in files { entries[file.key] = try file.finish() }
    return entries
  }

  /// One of the files.
  private final class File {
    let key: ContentHash
    private let part: PartFile
    private let encoder: ClipEncoder
    private let store: ClipStore
    private var hashes: FrameHashList?

    init(_ key: ContentHash, _ codec: ClipCodec, of clip: Clip, in scheduler: ClipScheduler) throws(BuildFailure) {
      self.key = key
      store = scheduler.store
      part = try store.makePart()
      encoder = try ClipEncoder(
        scheduler.toolchain, codec, scheduler.format, length: clip.frames.count, into: part, scheduler.cancellation,
        patience: scheduler.patience, log: try scheduler.logs?.file(BuildLogs.name(ofClip: clip.index)))
      hashes = scheduler.recordsFrames ? FrameHashList() : nil
    }

    func write(_ frame: UnsafeRawBufferPointer, lending: Bool) throws(BuildFailure) {
      hashes?.take(frame)
      try encoder.write(frame, lending: lending)
    }

    func finish() throws(BuildFailure) -> ClipStore.Entry {
      try encoder.finish()
      if let hashes { try store.keep(hashes.text, key, .frames) }
      return try store.commit(part, key, .video)
    }
  }
}
