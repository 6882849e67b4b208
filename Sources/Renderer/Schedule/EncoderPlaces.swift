/// How many encoders of a run may be at work at once, each of which holds memory of its own.
final class EncoderPlaces: Sendable {
  private let state = Monitor((taken: 0, count: 1))

  /// Lets there be so many, if there are not more.
  func allow(_ count: Int) { state.change { $0.count = max($0.count, count) } }

  /// Waits for a place and holds it while `body` runs.
  func occupying<Value>(_ body: () throws(BuildFailure) -> Value) throws(BuildFailure) -> Value {
    state.wait { state -> Void? in
      guard state.taken < state.count else { return nil }
      state.taken += 1
      return ()
    }
    defer { state.change { $0.taken -= 1 } }
    return try body()
  }
}
