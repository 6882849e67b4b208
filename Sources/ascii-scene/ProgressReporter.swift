import Renderer
import Synchronization

/// Shows a build's progress on standard error: a bar that redraws its line on a terminal, elsewhere a heading and a line
/// per clip.
final class ProgressReporter: Sendable {
  /// Redrawing more often than ten times a second only costs time.
  private static let interval = Duration.milliseconds(100)

  private struct State {
    var start: SuspendingClock.Instant?
    var lastDrawn: SuspendingClock.Instant?
    var finishedClips = 0
    var step = BuildProgress.Step.rendering
    var hasBar = false
    var warnings: [String] = []
  }

  private let console: Console
  /// A program that reads JSON wants no lines; a person before a terminal still wants the bar.
  private let showsLines: Bool
  private let state = Mutex(State())

  init(_ console: Console, showsLines: Bool) {
    self.console = console
    self.showsLines = showsLines
  }

  func update(_ progress: BuildProgress) {
    state.withLock { state in
      let isFirst = state.start == nil
      let start = state.start ?? .now
      state.start = start
      let text = ProgressText(progress: progress, elapsed: SuspendingClock.now - start)
      let hasStepped = progress.step != state.step
      let hasFinished = progress.step == .rendering && progress.finishedClips > state.finishedClips
      state.step = progress.step
      if hasFinished { state.finishedClips = progress.finishedClips }
      if console.isInteractive {
        let isDue = state.lastDrawn.map { SuspendingClock.now - $0 >= Self.interval } ?? true
        guard isDue || hasStepped || hasFinished else { return }
        // A line that wraps could not be drawn over.
        console.message("\r\u{1B}[K\(text.bar(narrowerThan: console.columns ?? 80))")
        (state.lastDrawn, state.hasBar) = (.now, true)
      } else if showsLines {
        if isFirst, progress.step == .rendering { console.message("\(text.heading)\n") }
        if hasFinished { console.message("\(text.line)\n") }
        if hasStepped, progress.step == .encoding { console.message("\(text.encodingLine)\n") }
      }
    }
  }

  /// Shows at once what had to be done again, and keeps it for the report.
  func warn(_ text: String) {
    state.withLock { state in
      console.warn(text, insteadOfBar: state.hasBar)
      state.hasBar = false
      state.warnings.append(text)
    }
  }

  /// In the order in which they were told.
  var warnings: [String] { state.withLock { $0.warnings } }

  /// Takes the bar away, before anything else is printed.
  func end() {
    state.withLock { state in
      if state.hasBar { console.message("\r\u{1B}[K") }
      state.hasBar = false
    }
  }
}
