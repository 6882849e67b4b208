import Glibc
import KernelTable

/// What draws one layer or group, a pixel row at a time.
protocol RowDrawer: AnyObject {
  /// Draws pixel row `y` over `backdrop` into `out`; `isBlack`: the backdrop is black all over. `coverage` is that of the
  /// canvas so far, which grows; nil where the canvas is covered all over. Returns false, with nothing written, where
  /// there is nothing.
  func draw(row y: Int, over backdrop: PixelRow, isBlack: Bool, coverage: MutableBytes?, into out: PixelRow) -> Bool
}

/// Where the rows of a shader chain come from.
protocol RowSource: AnyObject {
  /// How often a row is written at most.
  var writeCount: Int { get }
  /// Row `y`: one of those of `pair`, or one that no step writes.
  func draw(row y: Int, with pair: RowPair, clock: StageClock?) -> PixelRow
  /// No row of the frame is drawn any more.
  func finish()
}

extension RowSource {
  func finish() {}
}

/// Draws pixel rows of all layers, over black unless told.
final class LayerStack: RowSource {
  struct Element {
    var name: String
    var drawer: any RowDrawer
    /// Of a text.
    var backdrop: TextBackdrop?
    /// Set for every frame.
    var isVisible = true
  }

  /// What the first elements have drawn, so that they need not be drawn again.
  private struct Settled {
    var colors: Picture
    /// Nil where it is in the stack's own: rows are drawn once.
    var coverage: CoveragePlane?
    var isOwn = true
    /// How many elements are drawn.
    var count = 0
  }

  var elements: [Element]
  /// What the layers cover, to be set before they are drawn on a canvas that has a coverage.
  var coverage: CoveragePlane?
  private let setting: ShaderSetting
  private var settled: Settled?
  /// The elements whose shadows fall below each element: texts that follow one another do not darken each other.
  private let shadows: [Range<Int>]
  private let black: PixelRowBuffer

  init(_ elements: [Element], _ setting: ShaderSetting) {
    self.elements = elements
    self.setting = setting
    var next = 0
    shadows = elements.indices.map { index in
      if index < next { return index..<index }
      next = elements[index...].firstIndex { $0.backdrop == nil } ?? elements.count
      return index..<next
    }
    black = PixelRowBuffer(width: setting.width)
  }

  /// How often a row is written, if every layer has something in it.
  var writeCount: Int { elements[open].reduce(0) { $1.isVisible ? $0 + ($1.backdrop == nil ? 1 : 2) : $0 } }

  func draw(row y: Int, with pair: RowPair, clock: StageClock?) -> PixelRow {
    draw(row: y, of: open, over: base(of: y), with: pair, clock: clock)
  }

  /// Draws row `y` over `base`, whose coverage is kept already, with the rows of `pair`; the result is one of them, or
  /// what is below.
  func draw(row y: Int, over base: PixelRow, with pair: RowPair, clock: StageClock?) -> PixelRow {
    draw(row: y, of: elements.indices, over: base, with: pair, clock: clock)
  }

  private func draw(
    row y: Int, of places: Range<Int>, over base: PixelRow, with pair: RowPair, clock: StageClock?
  ) -> PixelRow {
    var current = base
    let covered = coverage?.row(y)
    // By index: a copy of an element counts a reference to its name, which workers share and would pass to and fro.
    for index in places {
      let start = clock?.now ?? 0
      for place in shadows[index] where elements[place].isVisible {
        let next = pair.other(than: current)
        if elements[place].backdrop!.shade(row: y, from: current, to: next) { current = next }
      }
      guard elements[index].isVisible else { continue }
      let next = pair.other(than: current)
      let isBlack = current.red == black.row.red
      if elements[index].drawer.draw(row: y, over: current, isBlack: isBlack, coverage: covered, into: next) {
        current = next
      }
      clock?.add(.layer(index), since: start)
    }
    return current
  }

  // MARK: Settling

  /// The elements that are still to be drawn.
  private var open: Range<Int> { (settled?.count ?? 0)..<elements.count }

  /// What row `y` begins with.
  private func base(of y: Int) -> PixelRow {
    guard let settled else {
      coverage?.clear(row: y)
      return black.row
    }
    if let known = settled.coverage { coverage?.set(row: y, Bytes(known.row(y))) }
    return settled.colors.pixelRow(y)
  }

  /// Begins with a picture, whose coverage is kept already and over which each row is drawn once. What is settled is drawn
  /// into it.
  func begin(over picture: Picture) {
    release()
    settled = Settled(colors: picture, coverage: nil, isOwn: false)
  }

  /// Draws the first `count` elements into a picture of their own, so that they need no memory of theirs any more.
  func settle(_ count: Int, with pair: RowPair, clock: StageClock?) {
    let new = { [setting, coverage] in
      Settled(colors: setting.scratch.take(setting), coverage: coverage.map { _ in setting.scratch.take(setting) })
    }
    var target = settled ?? new()
    for y in 0..<setting.height {
      let row = draw(row: y, of: target.count..<count, over: base(of: y), with: pair, clock: clock)
      let kept = target.colors.pixelRow(y)
      if kept.red != row.red { kept.copy(from: row, count: setting.paddedWidth) }
      if let coverage { target.coverage?.set(row: y, Bytes(coverage.row(y))) }
    }
    target.count = count
    settled = target
  }

  /// Forgets what was settled.
  func release() {
    if var settled, settled.isOwn {
      var colors = Optional(settled.colors)
      setting.scratch.put(&colors)
      setting.scratch.put(&settled.coverage)
    }
    settled = nil
  }
}
