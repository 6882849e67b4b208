import SceneLang
import Synchronization

/// What the workers of a build share: the clips to do and what has become of them.
final class ClipBoard: Sendable {
  private struct State {
    /// Shortest first, taken from the end.
    var waiting: [ClipRun]
    /// Of runs under way, by their first frame, the frames still to be rendered, and how many of them at once.
    var running: [Int: (frames: Int, team: Int)] = [:]
    var progress: BuildProgress
    var failures: [(frame: Int, failure: BuildFailure)] = []

    /// At least what is left in equal shares, and the longest run that is left.
    var longestShare: Int {
      let equal = (progress.frames - progress.renderedFrames + progress.workers - 1) / progress.workers
      let running = running.values.map { ($0.frames + $0.team - 1) / $0.team }.max() ?? 0
      return max(equal, running, waiting.last?.frames.count ?? 0)
    }
  }

  private let state: Mutex<State>
  private let onProgress: @Sendable (BuildProgress) -> Void

  /// Tells at once that nothing is done yet. Precondition: there are runs and workers.
  init(_ runs: [ClipRun], workers: Int, _ onProgress: @escaping @Sendable (BuildProgress) -> Void) {
    precondition(!runs.isEmpty && workers > 0, "nothing to do, or nobody to do it")
    let waiting = runs.sorted { ($0.frames.count, $1.start) < ($1.frames.count, $0.start) }
    let frames = runs.reduce(0) { $0 + $1.frames.count }
    let clips = runs.reduce(0) { $0 + $1.clips.count }
    var first = State(waiting: waiting, progress: BuildProgress(frames: frames, clips: clips, workers: workers))
    first.progress.longestShare = first.longestShare
    state = Mutex(first)
    self.onProgress = onProgress
    onProgress(first.progress)
  }

  /// The next clips to be rendered; nil when there are none or one has failed.
  func next() -> ClipRun? {
    state.withLock { state in
      guard state.failures.isEmpty, let run = state.waiting.popLast() else { return nil }
      state.running[run.start] = (run.frames.count, 1)
      return run
    }
  }

  /// How many workers without a clip each one with a clip may count on.
  var helpers: Int {
    state.withLock { state in
      guard state.waiting.isEmpty, !state.running.isEmpty else { return 0 }
      return max(0, state.progress.workers - state.running.count) / state.running.count
    }
  }

  /// `team`: how many of the run's frames were being rendered at once.
  func countFrame(of run: ClipRun, team: Int) {
    state.withLock { state in
      let left = state.running[run.start].map { $0.frames - 1 } ?? 0
      state.running[run.start] = (left, team)
      state.progress.renderedFrames += 1
      tell(&state)
    }
  }

  /// So many frames of a run are left, some of which had been rendered.
  func takeBack(_ run: ClipRun, left: Int) {
    state.withLock { state in
      state.progress.renderedFrames -= left - (state.running[run.start]?.frames ?? 0)
      state.running[run.start] = (left, 1)
    }
  }

  /// One more clip is finished.
  func countClip() {
    state.withLock { state in
      state.progress.finishedClips += 1
      tell(&state)
    }
  }

  /// A run is done, or has failed.
  func end(_ run: ClipRun, _ result: Result<Void, BuildFailure>) {
    state.withLock { state in
      state.running[run.start] = nil
      if case .failure(let failure) = result { state.failures.append((run.start, failure)) }
    }
  }

  /// Throws the failure of the earliest clip that failed.
  func check() throws(BuildFailure) {
    if let first = state.withLock({ $0.failures.min { $0.frame < $1.frame } }) { throw first.failure }
  }

  private func tell(_ state: inout State) {
    state.progress.longestShare = state.longestShare
    onProgress(state.progress)
  }
}

extension ClipRun {
  fileprivate var start: Int { frames.lowerBound }
}
