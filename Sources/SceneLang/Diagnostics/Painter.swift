/// Wraps pieces of a drawing in ANSI colours, or leaves them plain.
struct Painter: Sendable {
  enum Role: Hashable {
    case severity(Severity)
    case label, gutter, emphasis
  }

  let colors: Bool

  func paint(_ text: String, _ role: Role) -> String {
    guard colors, !text.isEmpty else { return text }
    let code =
      switch role {
      case .severity(.error): "1;31"
      case .severity(.warning): "1;33"
      case .severity(.performance): "1;36"
      case .severity(.note): "1;32"
      case .label, .gutter: "1;34"
      case .emphasis: "1"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
