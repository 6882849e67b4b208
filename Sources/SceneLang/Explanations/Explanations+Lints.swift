extension Explanation {
  /// What is no mistake of the language and yet hardly meant.
  static let lints: [Explanation] = [
    .init(
      "unused_allow", "A comment that allows what is not found, or what has no such name, only seems to help.",
      wrong: .layer("field: plasma   # ascii-scene: allow leading_zero"),
      right: .segment("duration: 04s   # ascii-scene: allow leading_zero\nlayers: [field: plasma]"))
  ]
}
