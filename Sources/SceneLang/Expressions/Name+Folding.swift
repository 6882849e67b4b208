extension Name {
  /// The form in which names are looked up: lower case, `-` as `_`, and American spelling (`colour` → `color`,
  /// `grey` → `gray`, `centre` → `center`).
  public static func folded(_ text: String) -> String {
    var key = text.lowercased()
    key = String(key.map { $0 == "-" ? "_" : $0 })
    for (british, american) in [("colour", "color"), ("grey", "gray"), ("centre", "center")] {
      while let range = key.firstRange(of: british) { key.replaceSubrange(range, with: american) }
    }
    return key
  }
}
