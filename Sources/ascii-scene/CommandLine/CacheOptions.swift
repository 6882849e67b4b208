import Renderer

/// How large the cache may grow: what the command line says, else the environment, else the standard.
enum CacheOptions {
  static let sizeVariable = "ASCII_SCENE_CACHE_SIZE"
  static let ageVariable = "ASCII_SCENE_CACHE_AGE"

  /// Throws `CommandFailure` for a variable that cannot be read.
  static func limits(
    size: ByteCount? = nil, age: TimeSpan? = nil, environment: (String) -> String? = ClipStore.value(of:)
  ) throws -> CacheLimits {
    var limits = CacheLimits.standard
    func read(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    do {
      if let size = try size ?? read(sizeVariable).map(ByteCount.init(parsing:)) { limits.size = size.bytes }
    } catch let invalid as InvalidValue { throw CommandFailure.variable(sizeVariable, invalid) }
    do {
      if let age = try age ?? read(ageVariable).map(TimeSpan.init(parsing:)) { limits.age = .seconds(age.seconds) }
    } catch let invalid as InvalidValue { throw CommandFailure.variable(ageVariable, invalid) }
    return limits
  }
}

extension CommandFailure {
  fileprivate static func variable(_ name: String, _ invalid: InvalidValue) -> Self {
    Self(.usage, "the variable \(name) is not \(invalid.expected)")
  }
}
