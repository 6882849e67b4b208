/// The clips of a video that are finished; whoever needs another one waits for it.
final class FinishedClips: Sendable {
  private struct State {
    var entries: [ContentHash: ClipStore.Entry]
    var isComplete = false
  }

  private let state: Monitor<State>

  /// `entries`: what was found in the store.
  init(_ entries: [ContentHash: ClipStore.Entry] = [:]) { state = Monitor(State(entries: entries)) }

  var entries: [ContentHash: ClipStore.Entry] { state.wait { $0.entries } }

  func contains(_ key: ContentHash) -> Bool { state.wait { $0.entries[key] != nil } }

  func add(_ entries: [ContentHash: ClipStore.Entry]) {
    state.change { $0.entries.merge(entries) { $1 } }
  }

  /// No further ones come, and nobody waits for them any longer.
  func end() { state.change { $0.isComplete = true } }

  /// Waits for the clip of that key; nil when it does not come.
  func entry(_ key: ContentHash) -> ClipStore.Entry? {
    state.wait { state in
      if let entry = state.entries[key] { return .some(entry) }
      return state.isComplete ? .some(nil) : nil
    }
  }
}
