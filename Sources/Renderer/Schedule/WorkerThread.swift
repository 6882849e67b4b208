import Glibc

/// A thread of its own for work that blocks: Swift's cooperative pool has only as many threads as cores, and workers
/// wait in `write` while their encoders are busy.
final class WorkerThread {
  private let thread: pthread_t
  private var isJoined = false

  /// Starts `body`. Throws when the system gives no more threads.
  init(_ body: @escaping @Sendable () -> Void) throws(BuildFailure) {
    let context = Unmanaged.passRetained(Body(body))
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
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
