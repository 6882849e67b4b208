/// Where and when a field is evaluated. A transform gives its field other coordinates; everything derived from them
/// (columns, shares, distance, angle) follows.
final class Coordinates {
  /// Tells contexts apart in caches.
  let id: Int
  private var nodes: [Input: NodeID] = [:]
  /// Where a shader reads the picture; nil for the pixel itself.
  private var place: (x: NodeID, y: NodeID)?
  /// When the sound is heard; nil for now. A time of its own that changes per cell leaves the sound as it is.
  private var listening: Listening?
  /// The coordinates whose time is the moment that is heard here; nil for these.
  private let hearing: Coordinates?
  private var distance: NodeID?
  private var angle: NodeID?

  /// As much later than `outer` hears it as `time` is later than its time; the second of the video is written when it is
  /// first read.
  private struct Listening {
    let time: NodeID
    let outer: Coordinates
    var second: NodeID?
  }

  /// The coordinates of the cell itself.
  init(id: Int) { (self.id, hearing) = (id, nil) }

  /// Another clock for the same moments: that of the video.
  init(id: Int, clock: NodeID, of outer: Coordinates) {
    (self.id, hearing) = (id, nil)
    nodes = outer.nodes
    nodes[.time] = clock
    (distance, angle, place, listening) = (outer.distance, outer.angle, outer.place, outer.listening)
  }

  /// Other coordinates; nil keeps those of `outer`.
  init(id: Int, x: NodeID?, y: NodeID?, time: NodeID?, outer: Coordinates, in builder: inout GraphBuilder) {
    self.id = id
    let heard = outer.hearing ?? outer
    if let time, builder.rate(time).isAccepted(by: .frame) {
      (listening, hearing) = (Listening(time: time, outer: heard), nil)
    } else {
      (listening, hearing) = (outer.listening, heard)
    }
    nodes[.time] = time ?? outer.node(.time, in: &builder)
    for input in [Input.timeline, .progress, .frame] { nodes[input] = outer.nodes[input] }
    guard x != nil || y != nil else {
      nodes.merge(outer.nodes.filter { !$0.key.isHeard || time == nil }) { own, _ in own }
      (distance, angle) = (outer.distance, outer.angle)
      place = outer.place
      return
    }
    let x = x ?? outer.node(.x, in: &builder)
    let y = y ?? outer.node(.y, in: &builder)
    nodes[.x] = x
    nodes[.y] = y
    place = (x, y)
    let (column, u) = Self.cells(x, .columns, .cellWidth, in: &builder)
    let (row, v) = Self.cells(y, .rows, .cellHeight, in: &builder)
    nodes.merge([.column: column, .u: u, .row: row, .v: v]) { $1 }
  }

  func node(_ input: Input, in builder: inout GraphBuilder) -> NodeID {
    if let node = nodes[input] { return node }
    let node: NodeID
    if case .pixel(let channel) = input, let place {
      node = builder.append(.sample(channel, x: place.x, y: place.y), rate: .pixel)
    } else if case .feature(let feature) = input, let second = second(in: &builder) {
      node = builder.append(.heard(feature, at: second), rate: .frame)
    } else {
      node = builder.input(input)
    }
    nodes[input] = node
    return node
  }

  /// The second of the video at which the sound is heard; nil for that of the frame.
  func second(in builder: inout GraphBuilder) -> NodeID? {
    guard let listening else { return nil }
    if let known = listening.second { return known }
    let outer = listening.outer
    let now = outer.second(in: &builder) ?? outer.node(.timeline, in: &builder)
    let later = builder.binary(.subtract, listening.time, outer.node(.time, in: &builder))
    let second = builder.binary(.add, now, later)
    self.listening?.second = second
    return second
  }

  func polar(_ coordinate: TypedExpression.PolarCoordinate, in builder: inout GraphBuilder) -> NodeID {
    if let known = coordinate == .distance ? distance : angle { return known }
    let (x, y) = (node(.x, in: &builder), node(.y, in: &builder))
    switch coordinate {
    case .distance:
      let node = builder.binary(.hypot, x, y)
      distance = node
      return node
    case .angle:
      let node = builder.binary(.atan2, y, x)
      angle = node
      return node
    }
  }

  /// The (fractional) index of the cell at a coordinate, and its share of the grid: the inverse of GridGeometry.x.
  private static func cells(
    _ coordinate: NodeID, _ count: Input, _ size: Input, in builder: inout GraphBuilder
  ) -> (index: NodeID, share: NodeID) {
    let count = builder.input(count)
    let middle = builder.binary(.divide, coordinate, builder.input(size))
    let edge = builder.binary(.add, middle, builder.binary(.multiply, count, builder.number(0.5)))
    return (builder.binary(.subtract, edge, builder.number(0.5)), builder.binary(.divide, edge, count))
  }
}

extension Input {
  fileprivate var isHeard: Bool { if case .feature = self { true } else { false } }
}
