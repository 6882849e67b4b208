/// How often a value changes: the compiler evaluates nothing more often than its rate. Rows and columns are
/// incomparable; a value that reads both has the rate of a cell.
public enum Rate: String, Sendable, Hashable, CaseIterable {
  case constant, segment, frame, row, column, cell, pixel

  private var level: Int {
    switch self {
    case .constant: 0
    case .segment: 1
    case .frame: 2
    case .row, .column: 3
    case .cell: 4
    case .pixel: 5
    }
  }

  /// The coarsest rate at which a value that reads both can be computed.
  public func joined(with other: Rate) -> Rate {
    if self == other { return self }
    if level == 3 && other.level == 3 { return .cell }
    return level >= other.level ? self : other
  }

  /// Whether a value of this rate may stand where `limit` is the finest rate accepted.
  public func isAccepted(by limit: Rate) -> Bool { joined(with: limit) == limit }
}
