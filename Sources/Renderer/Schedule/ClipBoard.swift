import SceneLang
import Synchronization

/// What the workers of a build share: the clips to do and what has become of them.
final class ClipBoard: Sendable {
  private struct State {
    /// Shortest first, taken from the end.
    var waiting: [Clip]
    /// Of clips under way, the frames still to be rendered, and how many of them at once.
    var running: [ContentHash: (frames: Int, team: Int)] = [:]
    var progress: BuildProgress
    var failures: [(clip: Int, failure: BuildFailure)] = []

    /// At least what is left in equal shares, and the longest clip that is left.
    var longestShare: Int {
      let equal = (progress.frames - progress.renderedFrames + progress.workers - 1) / progress.workers
      let running = running.values.map { ($0.frames + $0.team - 1) / $0.team }.max() ?? 0
      return max(equal, running, waiting.last?.frames.count ?? 0)
    }
  }

  private let state: Mutex<State>
  private let onProgress: @Sendable (BuildProgress) -> Void

  /// Tells at once that nothing is done yet. Precondition: there are clips and workers.
  init(_ clips: [Clip], workers: Int, _ onProgress: @escaping @Sendable (BuildProgress) -> Void) {
    precondition(!clips.isEmpty && workers > 0, "nothing to do, or nobody to do it")
    let waiting = clips.sorted { ($0.frames.count, $1.index) < ($1.frames.count, $0.index) }
    let frames = clips.reduce(0) { $0 + $1.frames.count }
    var first = State(waiting: waiting, progress: BuildProgress(frames: frames, clips: clips.count, workers: workers))
    first.progress.longestShare = first.longestShare
    state = Mutex(first)
    self.onProgress = onProgress
    onProgress(first.progress)
  }

  /// The next clip to be rendered; nil when there is none or one has failed.
  func next() -> Clip? {
    state.withLock { state in
      guard state.failures.isEmpty, let clip = state.waiting.popLast() else { return nil }
      state.running[clip.key] = (clip.frames.count, 1)
      return clip
    }
  }

  /// How many workers without a clip each one with a clip may count on.
  var helpers: Int {
    state.withLock { state in
      guard state.waiting.isEmpty, !state.running.isEmpty else { return 0 }
      return max(0, state.progress.workers - state.running.count) / state.running.count
    }
  }

  /// `team`: how many of the clip's frames were being rendered at once.
  func countFrame(of clip: Clip, team: Int) {
    state.withLock { state in
      let left = state.running[clip.key].map { $0.frames - 1 } ?? 0
      state.running[clip.key] = (left, team)
      state.progress.renderedFrames += 1
      tell(&state)
    }
  }

  /// Forgets the frames of a clip that is begun anew.
  func takeBack(_ clip: Clip) {
    state.withLock { state in
      state.progress.renderedFrames -= clip.frames.count - (state.running[clip.key]?.frames ?? clip.frames.count)
      state.running[clip.key] = (clip.frames.count, 1)
    }
  }

  func finish(_ clip: Clip, _ result: Result<Void, BuildFailure>) {
    state.withLock { state in
      state.running[clip.key] = nil
      switch result {
      case .success:
        state.progress.finishedClips += 1
        tell(&state)
      case .failure(let failure): state.failures.append((clip.index, failure))
      }
    }
  }

  /// Throws the failure of the earliest clip that failed.
  func check() throws(BuildFailure) {
    if let first = state.withLock({ $0.failures.min { $0.clip < $1.clip } }) { throw first.failure }
  }

  private func tell(_ state: inout State) {
    state.progress.longestShare = state.longestShare
    onProgress(state.progress)
  }
}
