import Glibc

/// A thread of its own for work that blocks: Swift's cooperative pool has only as many threads as cores, and workers
/// wait in `write` while their encoders are busy.
final class WorkerThread {
  private let thread: pthread_t
  private var isJoined = false

  /// Starts `body`. `niceness`: by how much others go first, 0…19; a step is a fifth less of a busy core. Throws when the
  /// system gives no more threads.
  init(niceness: Int32 = 0, _ body: @escaping @Sendable () -> Void) throws(BuildFailure) {
    let context = Unmanaged.passRetained(Body(niceness, body))
    var thread = pthread_t()
    let number = pthread_create(
      &thread, nil,
      { context in
        Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard number == 0 else {
      context.release()
      throw .system(.rendering, "cannot start a thread", number)
    }
    self.thread = thread
  }

  /// Waits until the body has returned.
  func join() {
    guard !isJoined else { return }
    pthread_join(thread, nil)
    isJoined = true
  }

  deinit { join() }
}

private final class Body: Sendable {
  private let niceness: Int32
  private let body: @Sendable () -> Void

  init(_ niceness: Int32, _ body: @escaping @Sendable () -> Void) { (self.niceness, self.body) = (niceness, body) }

  func run() {
    // Of this thread only, as Linux has it. Where it is not allowed nothing but time is lost.
    if niceness != 0 { _ = nice(niceness) }
    body()
  }
}
