extension GraphBuilder {
  /// A picture at coordinates; the time of its own runs as the scene says.
  mutating func picture(_ picture: CheckedPicture, _ channel: PictureChannel, at place: Coordinates) -> NodeID {
    let time = picture.facts.isMoving ? self.time(of: picture, at: place) : number(0)
    let (x, y) = (place.node(.x, in: &self), place.node(.y, in: &self))
    return append(.picture(picture.input, channel, x: x, y: y, time: time), rate: .cell)
  }

  /// What was measured of the frame that a picture shows.
  mutating func curve(_ curve: SampledCurve, of picture: CheckedPicture, at place: Coordinates) -> NodeID {
    append(.curve(curve, at: picture.facts.isMoving ? time(of: picture, at: place) : number(0)), rate: .frame)
  }

  /// Seconds of the input, `slack` later than the clock says: containers round the times of frames to milliseconds, and a
  /// frame that begins now is to be seen now.
  private mutating func time(of picture: CheckedPicture, at place: Coordinates) -> NodeID {
    let slack = 0.001
    let clock = place.node(picture.clock == .segment ? .time : .timeline, in: &self)
    let (from, to) = (picture.from, picture.to)
    // The last frame that is shown, in its middle.
    let last = max(from, to - 0.5 * picture.facts.duration / Double(picture.facts.frameCount))
    if picture.speed == 0 { return number(from + slack) }
    let passed = binary(.add, binary(.multiply, clock, number(abs(picture.speed))), number(slack))
    let position =
      picture.loops
      ? binary(.modulo, passed, number(to - from))
      : binary(.minimum, binary(.maximum, passed, number(slack)), number(last - from))
    if picture.speed > 0 { return binary(.add, position, number(from)) }
    return binary(.maximum, binary(.subtract, number(last + slack), position), number(from + slack))
  }
}
