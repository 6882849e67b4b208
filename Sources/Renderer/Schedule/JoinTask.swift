/// Joins the clips of a video beside the rendering: when the last one is finished, those before it have been copied.
final class JoinTask {
  private let outcome = Outcome<Void>()
  private let finished: FinishedClips
  private let join: @Sendable () -> Void
  private let thread: WorkerThread?

  /// Joins `clips` as they appear in `finished`, with the sound that `sound` gives.
  init(
    _ joiner: Joiner, _ clips: [Clip], _ finished: FinishedClips, sound: Outcome<ClipStore.Entry>?, subtitles: String?,
    into output: PartFile
  ) {
    self.finished = finished
    let parts = Joiner.Parts(
      frameCounts: clips.map(\.frames.count), isFinished: { finished.contains(clips[$0].key) },
      wait: { (index) throws(BuildFailure) in
        guard let entry = finished.entry(clips[index].key) else { throw .cancelled }
        return Joiner.Part(path: entry.path, frameCount: clips[index].frames.count)
      })
    join = { [outcome] in
      outcome.give(
        Result { () throws(BuildFailure) in
          let audio = try sound?.value()
          try joiner.join(parts, audio: audio?.path, subtitles: subtitles, into: output)
        })
    }
    thread = try? WorkerThread(join)
  }

  /// Waits for the video.
  func result() throws(BuildFailure) {
    // The system gives no more threads: the clips are joined now, when all are there.
    if thread == nil { join() }
    try outcome.value()
  }

  deinit { finished.end() }
}
