import SceneLang

/// Finds flashing beyond what one rule allows, frame by frame, in memory that does not grow with the video.
///
/// Each cell's light is followed from peak to valley; going from one to the other far enough is half a flash of the cell.
/// A field flashes by half when more than a quarter of its cells do so in the same direction within 1/24 s, and the
/// half before went the other way. Seven halves within a second are more than three flashes.
public struct FlashDetector: Sendable {
  public let rule: FlashRule
  /// What was found so far, in order; what lies less than a second apart is one.
  public private(set) var sequences: [FlashSequence] = []

  private let width: Int
  private let height: Int
  private let fps: FrameRate
  /// Frames in which changes count as concurrent.
  private let together: Int
  private var frame = 0
  private var cells: [Swing] = []
  /// The last frame in which each cell rose and fell.
  private var rises: [Int]
  private var falls: [Int]
  private var fields: [Field]

  /// For frames of `width` × `height` cells.
  public init(_ rule: FlashRule, width: Int, height: Int, fps: FrameRate) {
    self.rule = rule
    self.width = width
    self.height = height
    self.fps = fps
    together = max(1, Int(fps.value / 24 + 0.5))
    rises = Array(repeating: .min / 2, count: width * height)
    falls = rises
    fields = Self.fields(rule.fieldsPerSide, width: width, height: height)
  }

  /// Takes the next frame. Precondition: it has the detector's size.
  public mutating func take(_ light: LightField) {
    precondition((light.width, light.height) == (width, height), "a frame of another size")
    defer { frame += 1 }
    guard !cells.isEmpty else {
      cells = (0..<width * height).map { Swing(light.state($0, rule.light)) }
      return
    }
    var changed = 0
    for cell in cells.indices {
      switch cells[cell].take(light.state(cell, rule.light), rule) {
      case .rise: rises[cell] = frame
      case .fall: falls[cell] = frame
      case nil: continue
      }
      changed += 1
    }
    // Something new has to happen, or the fields stay as they are.
    if changed > 0 { judge() }
  }

  private mutating func judge() {
    let first = frame - together + 1
    let (rising, falling) = (AreaSums(rises, from: first, width), AreaSums(falls, from: first, width))
    for index in fields.indices {
      let field = fields[index]
      let (up, down) = (rising.count(field), falling.count(field))
      let direction: Swing.Change
      switch (FlashRule.isLarge(up, of: field.area), FlashRule.isLarge(down, of: field.area)) {
      case (false, false): continue
      case (true, false): direction = .rise
      case (false, true): direction = .fall
      // Parts of the field swing against each other.
      case (true, true): direction = field.last == .rise ? .fall : .rise
      }
      guard direction != field.last else { continue }
      fields[index].last = direction
      fields[index].transitions.removeAll { (frame - $0) * fps.denominator >= fps.numerator }
      fields[index].transitions.append(frame)
      if fields[index].transitions.count > FlashRule.mostTransitions {
        record(fields[index], share: Double(max(up, down)) / Double(field.area))
      }
    }
  }

  private mutating func record(_ field: Field, share: Double) {
    let frames = field.transitions[0]..<frame + 1
    let found = FlashSequence(
      rule: rule, frames: frames, flashes: Double(field.transitions.count) / 2, area: share,
      x: Double(field.x.lowerBound) / Double(width)...Double(field.x.upperBound) / Double(width),
      y: Double(field.y.lowerBound) / Double(height)...Double(field.y.upperBound) / Double(height))
    guard let last = sequences.last,
      (frames.lowerBound - last.frames.upperBound) * fps.denominator < fps.numerator
    else {
      sequences.append(found)
      return
    }
    var merged = (found.flashes, found.area) > (last.flashes, last.area) ? found : last
    merged.frames =
      min(last.frames.lowerBound, frames.lowerBound)..<max(last.frames.upperBound, frames.upperBound)
    sequences[sequences.count - 1] = merged
  }

  /// Fields a third of the picture wide and high at nine places along each side, or the whole picture.
  private static func fields(_ perSide: Int, width: Int, height: Int) -> [Field] {
    guard perSide > 1 else { return [Field(x: 0..<width, y: 0..<height)] }
    func spans(_ length: Int) -> [Range<Int>] {
      let side = (length + perSide - 1) / perSide
      let starts = Set((0...8).map { (length - side) * $0 / 8 })
      return starts.sorted().map { $0..<$0 + side }
    }
    return spans(height).flatMap { y in spans(width).map { x in Field(x: x, y: y) } }
  }
}

/// The light of one cell between its last peak or valley and now.
private struct Swing: Sendable {
  enum Change { case rise, fall }

  private var low: LightState
  private var high: LightState
  /// Nil until it has changed enough for the first time.
  private var last: Change?

  init(_ state: LightState) { (low, high) = (state, state) }

  /// What the new state makes complete.
  mutating func take(_ state: LightState, _ rule: FlashRule) -> Change? {
    if state.value > high.value { high = state }
    if state.value < low.value { low = state }
    if last != .fall, rule.isTransition(state, high) {
      low = state
      last = .fall
      return .fall
    }
    if last != .rise, rule.isTransition(low, state) {
      high = state
      last = .rise
      return .rise
    }
    return nil
  }
}

/// A part of the picture, in cells, with its halves of flashes within the last second.
private struct Field: Sendable {
  let x: Range<Int>
  let y: Range<Int>
  var last: Swing.Change?
  var transitions: [Int] = []

  var area: Int { x.count * y.count }
}

/// How many cells of a rectangle changed lately, by a summed-area table.
private struct AreaSums {
  private let width: Int
  private var sums: [Int]

  init(_ changes: [Int], from first: Int, _ width: Int) {
    self.width = width + 1
    let height = changes.count / width
    sums = Array(repeating: 0, count: (width + 1) * (height + 1))
    for y in 0..<height {
      var row = 0
      for x in 0..<width {
        if changes[y * width + x] >= first { row += 1 }
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
      }
    }
  }

  func count(_ field: Field) -> Int {
    let (left, right) = (field.x.lowerBound, field.x.upperBound)
    let (top, bottom) = (field.y.lowerBound * width, field.y.upperBound * width)
    return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left]
  }
}
