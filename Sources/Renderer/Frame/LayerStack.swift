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

  var elements: [Element]
  /// What the layers cover; nil where nobody asks.
  private let coverage: CoveragePlane?
  /// The elements whose shadows fall below each element: texts that follow one another do not darken each other.
  private let shadows: [Range<Int>]
  private let black: PixelRowBuffer

  init(_ elements: [Element], coverage: CoveragePlane? = nil, width: Int) {
    self.elements = elements
    self.coverage = coverage
    var next = 0
    shadows = elements.indices.map { index in
      if index < next { return index..<index }
      next = elements[index...].firstIndex { $0.backdrop == nil } ?? elements.count
      return index..<next
    }
    black = PixelRowBuffer(width: width)
  }

  /// How often a row is written, if every layer has something in it.
  var writeCount: Int { elements.reduce(0) { $1.isVisible ? $0 + ($1.backdrop == nil ? 1 : 2) : $0 } }

  func draw(row y: Int, with pair: RowPair, clock: StageClock?) -> PixelRow {
    coverage?.clear(row: y)
    return draw(row: y, over: black.row, with: pair, clock: clock)
  }

  /// Draws row `y` over `base`, whose coverage is kept already, with the rows of `pair`; the result is one of them, or
  /// what is below.
  func draw(row y: Int, over base: PixelRow, with pair: RowPair, clock: StageClock?) -> PixelRow {
    var current = base
    let covered = coverage?.row(y)
    // By index: a copy of an element counts a reference to its name, which workers share and would pass to and fro.
    for index in elements.indices {
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
}
