/// Tells the states of a segment apart by where their calls stand: a call has one state however often it is read, and a
/// field that holds one has another for each of its uses.
struct StatePlaces {
  /// What a call belongs to: a `let` is read by many, anything else by its layer.
  enum Owner: Hashable {
    case layer(Int)
    case binding(BindingID, name: String)
  }

  private struct Place: Hashable {
    var owner: Owner
    /// The calls that lead to it, outermost first.
    var path: [Span]
  }

  var owner = Owner.layer(0)
  private var roles: [Place: [String]] = [:]
  private var counts: [[String]: Int] = [:]

  /// The parts of the randomness key of a call: the name of its `let` or of its layer, the op, and an ordinal among equals.
  mutating func role(of op: String, path: [Span], layer: String) -> [String] {
    let place = Place(owner: owner, path: path)
    if let known = roles[place] { return known }
    let name =
      switch owner {
      case .layer: [layer, op]
      case .binding(_, let binding): ["let \(binding)", op]
      }
    let role = name + ["state \(counts[name, default: 0])"]
    counts[name, default: 0] += 1
    roles[place] = role
    return role
  }
}
