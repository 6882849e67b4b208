extension Explanation {
  /// What is no mistake of the language and yet hardly meant.
  static let lints: [Explanation] = []
}
