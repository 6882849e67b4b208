import KernelTable

/// A turn of the HSV hue that keeps saturation and value, in integers and without a division.
///
/// By two sixths the channels change places, by three each becomes highest + lowest − itself. By the rest, a share of a
/// sixth, a channel moves by that share of the chroma, and stays between the lowest and the highest. It rises where the
/// channel before it (red, green, blue, red, …) is at least as bright as the one after it, else it falls. The highest falls
/// only by what the middle one has left when it reaches it, and the lowest rises only by that.
struct HueTurn {
  /// The channels that become red, green and blue.
  let sources: (red: Int, green: Int, blue: Int)
  /// Whether they are turned by three sixths, too.
  let isOpposite: Bool
  /// Of a sixth, in 1/65536.
  let share: UInt16

  /// Precondition: 0 ≤ sixths ≤ 6.
  @inline(__always) init(sixths: Float) {
    let whole = Int(sixths)
    share = UInt16(min((sixths - Float(whole)) * 65536, 65535))
    isOpposite = whole & 1 == 1
    // An odd number of sixths is three and an even number.
    let shift = (isOpposite ? whole + 3 : whole) / 2 % 3
    sources = ((3 - shift) % 3, (4 - shift) % 3, (5 - shift) % 3)
  }
}

/// Colors in registers, as levels or as words.
struct ColorLanes {
  var red: WordLanes
  var green: WordLanes
  var blue: WordLanes

  /// Turned by a share of a sixth; `movement` is the same share of a chroma.
  @inline(__always) func turned(isOpposite: Bool, movement: (_ chroma: WordLanes) -> WordLanes) -> ColorLanes {
    let high = WordLanes.maximum(.maximum(red, green), blue)
    let low = WordLanes.minimum(.minimum(red, green), blue)
    let way = movement(high &- low)
    let sum = high &+ low
    let (r, g, b) = isOpposite ? (sum &- red, sum &- green, sum &- blue) : (red, green, blue)
    return ColorLanes(
      red: Self.moved(r, after: b, before: g, way, low, high),
      green: Self.moved(g, after: r, before: b, way, low, high),
      blue: Self.moved(b, after: g, before: r, way, low, high))
  }

  @inline(__always) private static func moved(
    _ x: WordLanes, after last: WordLanes, before next: WordLanes, _ way: WordLanes, _ low: WordLanes, _ high: WordLanes
  ) -> WordLanes {
    let up = WordLanes.excess(way, over: .excess(.minimum(last, next), over: x))
    let down = WordLanes.excess(way, over: .excess(x, over: .maximum(last, next)))
    return .choose(
      .minimum(.sum(x, up), high), where: last, isAtLeast: next, else: .maximum(.excess(x, over: down), low))
  }
}

extension PixelLoops {
  @inline(never) static func rotateHue(_ out: MutableColorBytes, _ source: ColorBytes, sixths: Float, count: Int) {
    let turn = HueTurn(sixths: sixths)
    let rows = (source.red, source.green, source.blue)
    let (red, green, blue) = (
      row(rows, turn.sources.red), row(rows, turn.sources.green), row(rows, turn.sources.blue)
    )
    @inline(__always) func loop(isOpposite: Bool) {
      var i = 0
      while i < count {
        let (r, g, b) = (Levels(red, at: i), Levels(green, at: i), Levels(blue, at: i))
        let even = ColorLanes(red: r.even, green: g.even, blue: b.even).turned(isOpposite: isOpposite) {
          share(turn.share, ofLevels: $0)
        }
        let odd = ColorLanes(red: r.odd, green: g.odd, blue: b.odd).turned(isOpposite: isOpposite) {
          share(turn.share, ofLevels: $0)
        }
        Levels(even: even.red, odd: odd.red).store(to: out.red, at: i)
        Levels(even: even.green, odd: odd.green).store(to: out.green, at: i)
        Levels(even: even.blue, odd: odd.blue).store(to: out.blue, at: i)
        i &+= Levels.count
      }
    }
    if turn.isOpposite { loop(isOpposite: true) } else { loop(isOpposite: false) }
  }

  @inline(never) static func rotateHue(_ colors: MutableColorWords, sixths: Float, count: Int) {
    let turn = HueTurn(sixths: sixths)
    let rows = (Words(colors.red), Words(colors.green), Words(colors.blue))
    let (red, green, blue) = (
      row(rows, turn.sources.red), row(rows, turn.sources.green), row(rows, turn.sources.blue)
    )
    @inline(__always) func loop(isOpposite: Bool) {
      var i = 0
      while i < count {
        let color = ColorLanes(
          red: WordLanes(red, at: i), green: WordLanes(green, at: i), blue: WordLanes(blue, at: i))
        let turned = color.turned(isOpposite: isOpposite) { share(turn.share, ofWords: $0) }
        turned.red.store(to: colors.red, at: i)
        turned.green.store(to: colors.green, at: i)
        turned.blue.store(to: colors.blue, at: i)
        i &+= WordLanes.count
      }
    }
    if turn.isOpposite { loop(isOpposite: true) } else { loop(isOpposite: false) }
  }

  @inline(__always) private static func row<Row>(_ rows: (Row, Row, Row), _ index: Int) -> Row {
    index == 0 ? rows.0 : index == 1 ? rows.1 : rows.2
  }

  /// Rounded.
  @inline(__always) private static func share(_ share: UInt16, ofLevels chroma: WordLanes) -> WordLanes {
    (WordLanes.highProduct(chroma &<< 8, WordLanes(repeating: share)) &+ 128) &>> 8
  }

  @inline(__always) private static func share(_ share: UInt16, ofWords chroma: WordLanes) -> WordLanes {
    let share = WordLanes(repeating: share)
    return .highProduct(chroma, share) &+ ((chroma &* share) &>> 15)
  }
}
