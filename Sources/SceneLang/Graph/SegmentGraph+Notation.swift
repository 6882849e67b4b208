extension SegmentGraph {
  /// A value in the notation of scenes, for messages; what several nodes share is written out. Nil for one that takes
  /// more than `limit` characters, for a loop, a simulation and a picture.
  public func notation(of id: NodeID, limit: Int = 60) -> String? {
    guard limit > 0 else { return nil }
    let node = self[id]
    /// An operand, which is shorter than the whole: so the depth is bounded, too.
    func part(_ id: NodeID) -> String? { notation(of: id, limit: limit - 1) }
    /// An operand inside of an operation.
    func inner(_ id: NodeID) -> String? {
      if case .binary(let function, _, _) = unpromoted(id).kind, function.sign != nil {
        return part(id).map { "(\($0))" }
      }
      return part(id)
    }
    func call(_ name: String, _ operands: [NodeID]) -> String? {
      var texts: [String] = []
      for operand in operands {
        guard let text = part(operand) else { return nil }
        texts.append(text)
      }
      return "\(name)(\(texts.joined(separator: ", ")))"
    }
    let text: String? =
      switch node.kind {
      case .number(let value): Diagnostic.plain(value)
      case .input(let input): input.name
      case .unary(.negate, let a): inner(a).map { "-\($0)" }
      case .unary(let function, let a): call(function.rawValue, [a])
      case .binary(let function, let a, let b):
        if let sign = function.sign {
          inner(a).flatMap { a in inner(b).map { b in "\(a) \(sign) \(b)" } }
        } else {
          call(function.name, [a, b])
        }
      case .select(let condition, let then, let otherwise): call("if", [condition, then, otherwise])
      case .heard(let feature, let time): part(time).map { "at(\(feature.rawValue), T=\($0))" }
      case .loop, .curve, .gradient, .percentile, .simulation, .sample, .picture: nil
      case .index(let loop): "index\(loop.index)"
      case .random: "random()"
      case .native(let op, let arguments, _): call(op, arguments)
      case .promote(let value): part(value)
      }
    return text.flatMap { $0.count <= limit ? $0 : nil }
  }

  private func unpromoted(_ id: NodeID) -> Node {
    if case .promote(let value) = self[id].kind { return unpromoted(value) }
    return self[id]
  }
}

extension Input {
  /// As authors write it.
  fileprivate var name: String {
    switch self {
    case .column: "col"
    case .columns: "cols"
    case .rows: "rows"
    case .cellWidth: "1cell"
    case .time: "t"
    case .timeline: "T"
    case .progress: "p"
    case .feature(let feature): feature.rawValue
    case .pixel(let channel): String("\(channel)".prefix(1))
    case .x, .u, .y, .v, .row, .cellHeight, .value, .energy, .frame: "\(self)"
    }
  }
}

extension BinaryFunction {
  /// Between its operands; nil for a function.
  fileprivate var sign: String? {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "^"
    case .less: "<"
    case .lessOrEqual: "<="
    case .equal: "=="
    case .notEqual: "!="
    case .modulo, .minimum, .maximum, .atan2, .hypot: nil
    }
  }

  fileprivate var name: String {
    switch self {
    case .modulo: "mod"
    case .minimum: "min"
    case .maximum: "max"
    case .hypot: "length"
    default: rawValue
    }
  }
}
