import Glibc

/// Draws pixel rows of all layers over black.
final class LayerStack {
  struct Element {
    var name: String
    var compositor: LayerCompositor
    var backdrop: TextBackdrop?
    /// Set for every frame.
    var isVisible = true
  }

  var elements: [Element]
  private let black: PixelRowBuffer

  init(_ elements: [Element], width: Int) {
    self.elements = elements
    black = PixelRowBuffer(width: width)
  }

  /// How often a row is written, if every layer has something in it.
  var writeCount: Int { elements.reduce(0) { $1.isVisible ? $0 + ($1.backdrop == nil ? 1 : 2) : $0 } }

  /// Draws row `y` over `base` (nil: black) with the rows of `pair`; the result is one of them, or what is below.
  func draw(row y: Int, over base: PixelRow? = nil, with pair: RowPair, clock: StageClock?) -> PixelRow {
    var current = base ?? black.row
    for (index, element) in elements.enumerated() where element.isVisible {
      let start = clock?.now ?? 0
      if let backdrop = element.backdrop {
        let next = pair.other(than: current)
        if backdrop.shade(row: y, from: current, to: next) { current = next }
      }
      let next = pair.other(than: current)
      let isBlack = current.red == black.row.red
      if element.compositor.draw(row: y, over: current, isBlack: isBlack, into: next) { current = next }
      clock?.add(.layer(index), since: start)
    }
    return current
  }
}
