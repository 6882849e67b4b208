import SceneLang

/// Box drawing, U+2500–257F: lines that leave the middle of the cell and meet those of the neighbours to the pixel.
struct BoxDrawing {
  private enum Weight: Int { case none, light, heavy, double }

  /// The places of the strokes across one axis of the cell, all about its middle.
  private struct Strokes {
    let length: Int
    let light: Range<Int>
    let heavy: Range<Int>
    /// The two lines of a double stroke, and the gap between them as wide as each.
    let first: Range<Int>
    let second: Range<Int>

    init(length: Int, thickness: Int) {
      func centred(_ size: Int) -> Range<Int> {
        let start = max(0, (length - size) / 2)
        return start..<start + size
      }
      self.length = length
      light = centred(thickness)
      heavy = centred(2 * thickness)
      let double = centred(3 * thickness)
      first = double.lowerBound..<double.lowerBound + thickness
      second = double.upperBound - thickness..<double.upperBound
    }

    func single(_ weight: Weight) -> Range<Int> { weight == .heavy ? heavy : light }
  }

  /// Places of vertical lines along x, and of horizontal lines along y.
  private let columns: Strokes
  private let rows: Strokes

  /// A light line is an eighth of the cell's width, bold a fifth, at least a pixel; heavy and double follow from it.
  init(width: Int, height: Int, face: Grid.Face) {
    let thickness = max(1, face == .bold ? (width * 2 + 5) / 10 : (width * 2 + 8) / 16)
    columns = Strokes(length: width, thickness: thickness)
    rows = Strokes(length: height, thickness: thickness)
  }

  func draw(_ character: Unicode.Scalar, in cell: inout CellBitmap) {
    let code = Int(character.value)
    switch code {
    case 0x2504...0x250B, 0x254C...0x254F: drawDashes(code, in: &cell)
    case 0x256D...0x2570: drawArc(code, in: &cell)
    case 0x2571...0x2573: drawDiagonals(code, in: &cell)
    default: drawArms(Self.arms[code - 0x2500], in: &cell)
    }
  }

  // MARK: Straight lines

  /// The weights of the lines up, right, down and left, eight characters a row, after their Unicode names: `-` none,
  /// 1 light, 2 heavy, 3 double; dots for the characters that other functions draw.
  private static let arms: [[Weight]] = """
    -1-1 -2-2 1-1- 2-2- .... .... .... ....
    .... .... .... .... -11- -21- -12- -22-
    --11 --12 --21 --22 11-- 12-- 21-- 22--
    1--1 1--2 2--1 2--2 111- 121- 211- 112-
    212- 221- 122- 222- 1-11 1-12 2-11 1-21
    2-21 2-12 1-22 2-22 -111 -112 -211 -212
    -121 -122 -221 -222 11-1 11-2 12-1 12-2
    21-1 21-2 22-1 22-2 1111 1112 1211 1212
    2111 1121 2121 2112 2211 1122 1221 2212
    1222 2122 2221 2222 .... .... .... ....
    -3-3 3-3- -31- -13- -33- --13 --31 --33
    13-- 31-- 33-- 1--3 3--1 3--3 131- 313-
    333- 1-13 3-31 3-33 -313 -131 -333 13-3
    31-1 33-3 1313 3131 3333 .... .... ....
    .... .... .... .... ---1 1--- -1-- --1-
    ---2 2--- -2-- --2- -2-1 1-2- -1-2 2-1-
    """
    .split { $0 == " " || $0 == "\n" }
    .map { $0.map { Weight(rawValue: $0.wholeNumberValue ?? 0)! } }

  private func drawArms(_ arms: [Weight], in cell: inout CellBitmap) {
    let (up, right, down, left) = (arms[0], arms[1], arms[2], arms[3])
    for (weight, opposite, isForward) in [(right, left, true), (left, right, false)] {
      for line in lines(weight, of: rows, sides: (up, down), isContinued: opposite != .none) {
        cell.fill(x: extent(line, across: columns, isForward: isForward), y: line.place)
      }
    }
    for (weight, opposite, isForward) in [(down, up, true), (up, down, false)] {
      for line in lines(weight, of: columns, sides: (left, right), isContinued: opposite != .none) {
        cell.fill(x: line.place, y: extent(line, across: rows, isForward: isForward))
      }
    }
  }

  /// One line of an arm. It begins in the middle of the cell, at the lines that it crosses or meets there.
  private struct Line {
    enum Start { case inner, outer, single(Weight), middle }

    let place: Range<Int>
    /// `inner`: at the nearer line of a crossing double stroke; `outer`: at the farther one, which makes a corner.
    let start: Start
  }

  private func lines(
    _ weight: Weight, of strokes: Strokes, sides: (Weight, Weight), isContinued: Bool
  ) -> [Line] {
    func start(near: Weight, far: Weight, meetsInner: Bool) -> Line.Start {
      if meetsInner { return .inner }
      if near == .double || far == .double { return .outer }
      let crossing = max(near.rawValue, far.rawValue)
      return crossing == 0 ? .middle : .single(Weight(rawValue: crossing)!)
    }
    switch weight {
    case .none: return []
    case .light, .heavy:
      // A single line stops at a double one that passes, as in ╟, and makes the corner where it ends, as in ╓.
      let stops = sides.0 == .double && sides.1 == .double && !isContinued
      return [Line(place: strokes.single(weight), start: start(near: sides.0, far: sides.1, meetsInner: stops))]
    case .double:
      return [(strokes.first, sides.0, sides.1), (strokes.second, sides.1, sides.0)].map { place, near, far in
        Line(place: place, start: start(near: near, far: far, meetsInner: near == .double))
      }
    }
  }

  /// The pixels of a line along its own axis, from its start to the cell's edge: right or down if forward.
  private func extent(_ line: Line, across strokes: Strokes, isForward: Bool) -> Range<Int> {
    let start: (forward: Int, backward: Int) =
      switch line.start {
      case .inner: (strokes.second.lowerBound, strokes.first.upperBound)
      case .outer: (strokes.first.lowerBound, strokes.second.upperBound)
      case .single(let weight): (strokes.single(weight).lowerBound, strokes.single(weight).upperBound)
      case .middle: (strokes.length / 2, strokes.length / 2)
      }
    return isForward ? min(start.forward, strokes.length)..<strokes.length : 0..<start.backward
  }

  // MARK: Dashes, arcs and diagonals

  /// Dashes, each in the middle of its share of the cell, so that the rhythm runs on across cells.
  private func drawDashes(_ code: Int, in cell: inout CellBitmap) {
    let count = code >= 0x254C ? 2 : code < 0x2508 ? 3 : 4
    let weight: Weight = code & 1 == 0 ? .light : .heavy
    let isVertical = code & 2 != 0
    let length = isVertical ? rows.length : columns.length
    for i in 0..<count {
      let share = i * length / count..<(i + 1) * length / count
      let gap = max(1, share.count / 3)
      guard share.count > gap else { continue }
      let dash = share.lowerBound + gap / 2..<share.lowerBound + gap / 2 + share.count - gap
      if isVertical {
        cell.fill(x: columns.single(weight), y: dash)
      } else {
        cell.fill(x: dash, y: rows.single(weight))
      }
    }
  }

  /// A quarter of a circle and what is missing to the edges. U+256D opens right and down; the others are its mirrors.
  private func drawArc(_ code: Int, in cell: inout CellBitmap) {
    let isLeft = code == 0x256E || code == 0x256F
    let isUp = code >= 0x256F
    let half = Double(columns.light.count) / 2
    let middleX = Double(columns.light.lowerBound) + half
    let middleY = Double(rows.light.lowerBound) + half
    // The outermost pixel is straight, so that it meets the neighbour's.
    let room = min(middleX, Double(columns.length) - middleX, middleY, Double(rows.length) - middleY)
    let radius = max(0, room - 1)
    cell.add { x, y in
      let dx = isLeft ? middleX - x : x - middleX
      let dy = isUp ? middleY - y : y - middleY
      if dx >= radius { return abs(dy) <= half }
      if dy >= radius { return abs(dx) <= half }
      let (cornerX, cornerY) = (dx - radius, dy - radius)
      let distance = cornerX * cornerX + cornerY * cornerY
      let inner = max(0, radius - half)
      return distance >= inner * inner && distance <= (radius + half) * (radius + half)
    }
  }

  /// Lines from corner to corner: U+2571 rises, U+2572 falls, U+2573 is both.
  private func drawDiagonals(_ code: Int, in cell: inout CellBitmap) {
    let (width, height) = (Double(columns.length), Double(rows.length))
    let half = Double(columns.light.count) / 2
    let limit = half * half * (width * width + height * height)
    if code != 0x2572 {
      cell.add { x, y in
        let distance = height * x + width * y - width * height
        return distance * distance <= limit
      }
    }
    if code != 0x2571 {
      cell.add { x, y in
        let distance = height * x - width * y
        return distance * distance <= limit
      }
    }
  }
}
