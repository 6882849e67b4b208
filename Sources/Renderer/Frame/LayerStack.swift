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
    var backdrop: TextBackdrop?
    /// Set for every frame.
    var isVisible = true
  }

  var elements: [Element]
  /// What the layers cover; nil where nobody asks.
  private let coverage: CoveragePlane?
  private let black: PixelRowBuffer

  init(_ elements: [Element], coverage: CoveragePlane? = nil, width: Int) {
    self.elements = elements
    self.coverage = coverage
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
    for (index, element) in elements.enumerated() where element.isVisible {
      let start = clock?.now ?? 0
      if let backdrop = element.backdrop {
        let next = pair.other(than: current)
        if backdrop.shade(row: y, from: current, to: next) { current = next }
      }
      let next = pair.other(than: current)
      let isBlack = current.red == black.row.red
      if element.drawer.draw(row: y, over: current, isBlack: isBlack, coverage: covered, into: next) { current = next }
      clock?.add(.layer(index), since: start)
    }
    return current
  }
}
