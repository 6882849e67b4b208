/// What a task will have come to, for those who wait for it.
final class Outcome<Value: Sendable>: Sendable {
  private let result = Monitor<Result<Value, BuildFailure>?>(nil)

  init() {}

  /// Of a task that has nothing to do.
  init(_ value: Value) { give(.success(value)) }

  func give(_ result: Result<Value, BuildFailure>) { self.result.change { $0 = result } }

  /// Waits for it.
  func value() throws(BuildFailure) -> Value { try result.wait { $0 }.get() }
}
