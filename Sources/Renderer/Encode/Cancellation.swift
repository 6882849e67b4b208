/// Asked by everything that may take long: whether the build is to stop.
public struct Cancellation: Sendable {
  private let request: @Sendable () -> Bool

  public init(_ request: @escaping @Sendable () -> Bool) { self.request = request }

  public static let never = Cancellation { false }

  var isRequested: Bool { request() }

  func check() throws(BuildFailure) {
    if request() { throw .cancelled }
  }
}
