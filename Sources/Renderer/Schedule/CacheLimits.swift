/// How much the cache may keep.
public struct CacheLimits: Sendable, Hashable {
  /// Bytes of all entries together.
  public var size: Int
  /// Since an entry was last used.
  public var age: Duration

  public init(size: Int, age: Duration) {
    self.size = size
    self.age = age
  }

  /// 10 GiB, which is some ten hours of video in production quality, and 60 days.
  public static let standard = CacheLimits(size: 10 << 30, age: .seconds(60 * 86_400))
}
