/// Operands of equal rank: `a + b - c`.
extension ExpressionParser {
  /// An operator of a rule, by its symbol, and the one that undoes it.
  struct Link {
    var symbol: String
    var kind: BinaryOperator
    var inverse: BinaryOperator
  }

  static let or = [Link(symbol: "or", kind: .or, inverse: .or)]
  static let and = [Link(symbol: "and", kind: .and, inverse: .and)]
  static let sums = [
    Link(symbol: "+", kind: .add, inverse: .subtract), Link(symbol: "-", kind: .subtract, inverse: .add),
  ]
  static let products = [
    Link(symbol: "*", kind: .multiply, inverse: .divide), Link(symbol: "/", kind: .divide, inverse: .multiply),
  ]

  /// Groups from the left as long as that is no deeper than a tree may be; longer chains are halved: depth is stack.
  mutating func parseChain(
    of links: [Link], _ operand: (inout ExpressionParser) throws(ExpressionError) -> Part
  ) throws(ExpressionError) -> Part {
    let first = try operand(&self)
    var rest: [(link: Link, part: Part)] = []
    while let link = links.first(where: { isAt($0.symbol) }) {
      try advance()
      rest.append((link, try operand(&self)))
    }
    let height = rest.reduce(first.height) { 1 + max($0, $1.part.height) }
    if height > Self.mostLevels { return try halved(first, rest[...], inverted: false) }
    var left = first
    for (link, part) in rest { left = try binary(link.kind, left, part) }
    return left
  }

  /// `a - b + c - d` as `(a - b) + (c - d)`, and where the later half is taken away its operators are turned round: as
  /// `(a + b) - (c - d)` is `a + b - c + d`.
  private mutating func halved(
    _ first: Part, _ rest: ArraySlice<(link: Link, part: Part)>, inverted: Bool
  ) throws(ExpressionError) -> Part {
    guard !rest.isEmpty else { return first }
    let middle = rest.startIndex + rest.count / 2
    let (link, part) = rest[middle]
    let left = try halved(first, rest[..<middle], inverted: inverted)
    let isInverse = link.kind == .subtract || link.kind == .divide
    let right = try halved(part, rest[(middle + 1)...], inverted: isInverse)
    return try binary(inverted ? link.inverse : link.kind, left, right)
  }
}
