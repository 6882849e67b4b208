import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// A layer of random cells over random pixels, and the same picture computed pixel by pixel in Double.
private struct Scene {
  var geometry: GridGeometry
  var atlas: GlyphAtlas
  var cells: CellGrid
  var width: Int
  var height: Int

  init(width: Int, height: Int, columns: Int, rows: Int, cellWidth: Int, cellHeight: Int) {
    self.width = width
    self.height = height
    geometry = toyGeometry(
      columns: columns, rows: rows, cellWidth: cellWidth, cellHeight: cellHeight, width: width, height: height)
    atlas = toyAtlas(cellWidth: cellWidth, cellHeight: cellHeight, glyphs: 9)
    cells = CellGrid(columns: columns, rows: rows)
  }

  /// Random glyphs and colours; `solid` and `coverage` give each cell's.
  func fill(
    solid: (_ column: Int, _ row: Int) -> Bool, coverage: (_ column: Int, _ row: Int) -> UInt8,
    isWashBlack: Bool = false
  ) {
    var numbers = TestNumbers(11)
    for row in 0..<cells.rows {
      for column in 0..<cells.columns {
        cells.glyphs(row)[column] = UInt16.random(in: 0..<9, using: &numbers)
        cells.solid(row)[column] = solid(column, row) ? 255 : 0
        cells.coverage(row)[column] = coverage(column, row)
        for channel in 0..<3 {
          let color = UInt8.random(in: 0...255, using: &numbers)
          cells.color(row)[channel][column] = color
          let wash = isWashBlack ? 0 : UInt8.random(in: 0...255, using: &numbers)
          cells.wash(row)[channel][column] = solid(column, row) ? wash : color
        }
      }
      let columns = 0..<cells.columns
      cells.summaries[row] = CellGrid.RowSummary(
        hasGlyphs: columns.contains { cells.glyphs(row)[$0] != 0 }, isSolid: columns.allSatisfy { solid($0, row) },
        hasSolid: columns.contains { solid($0, row) }, isWashBlack: isWashBlack,
        isFull: columns.allSatisfy { coverage($0, row) == 255 },
        isHidden: columns.allSatisfy { coverage($0, row) == 0 })
    }
  }

  /// The exact result of a channel, 0…255.
  func expected(x: Int, y: Int, channel: Int, backdrop: UInt8, blend: (Double, Double) -> Double) -> Double {
    let (left, top) = (x - geometry.originX, y - geometry.originY)
    let isInside =
      left >= 0 && top >= 0 && left < cells.columns * geometry.cellWidth && top < cells.rows * geometry.cellHeight
    let column = min(max(left, 0) / geometry.cellWidth, cells.columns - 1)
    let row = min(max(top, 0) / geometry.cellHeight, cells.rows - 1)
    var glyph = 0.0
    if isInside {
      let index = Int(cells.glyphs(row)[column]) * geometry.cellHeight + top - row * geometry.cellHeight
      glyph = atlas.withCoverage {
        Double($0[index * atlas.rowStride + left - column * geometry.cellWidth]) / 255
      }
    }
    let color = Double(cells.color(row)[channel][column]) / 255
    let wash = Double(cells.wash(row)[channel][column]) / 255
    let isSolid = cells.solid(row)[column] != 0
    let source = isSolid ? wash + (color - wash) * glyph : color
    let alpha = (isSolid ? 1 : glyph) * Double(cells.coverage(row)[column]) / 255
    let below = Double(backdrop) / 255
    return 255 * ((1 - alpha) * below + alpha * blend(below, source))
  }

  /// The largest distance from the exact result, in levels, when rows are drawn in `order`.
  func worstError(_ mode: BlendMode, kernels: any PixelKernels.Type, _ blend: (Double, Double) -> Double) -> Double {
    let backdrop = Picture.noise(width: width, height: height, seed: 2)
    let compositor = LayerCompositor(
      grid: cells, atlas: atlas, geometry: geometry, blend: mode, width: width, kernels: kernels)
    compositor.begin()
    let outBuffer = PixelRowBuffer(width: width)
    defer { withExtendedLifetime(outBuffer) {} }
    let out = outBuffer.row
    var worst = 0.0
    // Not in order: a row must not depend on the one before.
    for y in (0..<height).sorted(by: { ($0 * 37 % height, $0) < ($1 * 37 % height, $1) }) {
      let below = backdrop.pixelRow(y)
      let drawn = compositor.draw(row: y, over: below, into: out)
      for x in 0..<width {
        for channel in 0..<3 {
          let exact = expected(x: x, y: y, channel: channel, backdrop: below[channel][x], blend: blend)
          worst = max(worst, abs(Double(drawn ? out[channel][x] : below[channel][x]) - exact))
        }
      }
    }
    return worst
  }
}

private let sizes = [
  // Margins all round; overflow all round; wide cells of several slices.
  (width: 75, height: 41, columns: 9, rows: 4, cellWidth: 7, cellHeight: 9),
  (width: 61, height: 33, columns: 10, rows: 5, cellWidth: 7, cellHeight: 8),
  (width: 201, height: 90, columns: 5, rows: 2, cellWidth: 37, cellHeight: 40),
  (width: 1, height: 1, columns: 1, rows: 1, cellWidth: 1, cellHeight: 1),
]

@Test(arguments: sizes.indices)
func glyphsOverWhatIsBelowAreWithinOneLevel(_ index: Int) {
  let size = sizes[index]
  let scene = Scene(
    width: size.width, height: size.height, columns: size.columns, rows: size.rows, cellWidth: size.cellWidth,
    cellHeight: size.cellHeight)
  scene.fill(solid: { _, _ in false }, coverage: { _, _ in 255 })
  for level in pixelKernelLevels {
    #expect(scene.worstError(.normal, kernels: level.pixel) { _, source in source } <= 1)
    #expect(scene.worstError(.screen, kernels: level.pixel) { $0 + $1 - $0 * $1 } <= 1)
  }
}

@Test(arguments: sizes.indices)
func theWashOfTheNearestCellFillsTheMargins(_ index: Int) {
  let size = sizes[index]
  let scene = Scene(
    width: size.width, height: size.height, columns: size.columns, rows: size.rows, cellWidth: size.cellWidth,
    cellHeight: size.cellHeight)
  scene.fill(solid: { _, _ in true }, coverage: { _, _ in 255 })
  #expect(scene.worstError(.normal, kernels: baselinePixels) { _, source in source } <= 1)
  // Mixing colour and wash rounds once more than the blend.
  #expect(scene.worstError(.screen, kernels: baselinePixels) { $0 + $1 - $0 * $1 } <= 1.5)
}

@Test func solidAndTransparentCellsMeetInOneRow() {
  let scene = Scene(width: 75, height: 41, columns: 9, rows: 4, cellWidth: 7, cellHeight: 9)
  scene.fill(
    solid: { column, row in row != 1 && (column + row) % 3 == 0 }, coverage: { column, _ in UInt8(column * 31) })
  #expect(scene.worstError(.normal, kernels: baselinePixels) { _, source in source } <= 1.5)
  #expect(scene.worstError(.multiply, kernels: baselinePixels, *) <= 2)
}

@Test func coverageWeighsCellsWhereTheBlendIsLinear() {
  let scene = Scene(width: 75, height: 41, columns: 9, rows: 4, cellWidth: 7, cellHeight: 9)
  for isWashBlack in [false, true] {
    scene.fill(
      solid: { _, row in row < 3 }, coverage: { column, row in row == 2 ? 255 : UInt8(column * 31) },
      isWashBlack: isWashBlack)
    #expect(scene.worstError(.normal, kernels: baselinePixels) { _, source in source } <= 1.5)
    #expect(scene.worstError(.screen, kernels: baselinePixels) { $0 + $1 - $0 * $1 } <= 1.5)
    #expect(scene.worstError(.exclusion, kernels: baselinePixels) { $0 + $1 - 2 * $0 * $1 } <= 2)
    #expect(scene.worstError(.difference, kernels: baselinePixels) { abs($0 - $1) } <= 2)
  }
}

/// The rows of a scene as its compositor draws them, `shift` beside its grid.
private func drawn(_ scene: Scene, _ mode: BlendMode, shift: CellShift = CellShift()) -> [[UInt8]] {
  let backdrop = Picture.noise(width: scene.width, height: scene.height, seed: 2)
  let compositor = LayerCompositor(
    grid: scene.cells, atlas: scene.atlas, geometry: scene.geometry, blend: mode, width: scene.width,
    kernels: baselinePixels)
  compositor.begin(shift: shift)
  let buffer = PixelRowBuffer(width: scene.width)
  defer { withExtendedLifetime(buffer) {} }
  return (0..<scene.height).sorted { ($0 * 37 % scene.height, $0) < ($1 * 37 % scene.height, $1) }.map { y in
    let below = backdrop.pixelRow(y)
    let row = compositor.draw(row: y, over: below, into: buffer.row) ? buffer.row : below
    return PixelRow.channels.flatMap { channel in (0..<scene.width).map { row[channel][$0] } }
  }
}

/// Letters that all lie as far beside their cells are the grid drawn so far beside.
@Test(arguments: [(0, 0), (3, -4), (-2, 5)], [false, true])
func lettersAreTheirCellsElsewhere(shift: (right: Int, down: Int), isSolid: Bool) {
  let scene = Scene(width: 75, height: 41, columns: 9, rows: 4, cellWidth: 7, cellHeight: 9)
  // What is solid reaches over the margins where the grid itself is drawn.
  scene.fill(
    solid: { column, row in isSolid && (1...7).contains(column) && (1...2).contains(row) && (column + row) % 3 == 0 },
    coverage: { column, _ in UInt8(column * 31) })
  for mode in [BlendMode.normal, .multiply, .screen] {
    scene.cells.letters = []
    let across = [Int](repeating: shift.right, count: 4)
    let whole = drawn(scene, mode, shift: CellShift(down: shift.down, across: across))
    scene.cells.letters = (0..<36).map { index in
      CellLetter(
        column: index % 9, row: index / 9, shift: LetterShift(right: shift.right, down: shift.down),
        glyph: scene.cells.glyphs(index / 9)[index % 9])
    }
    let letters = drawn(scene, mode)
    let worst = zip(whole.joined(), letters.joined()).map { abs(Int($0) - Int($1)) }.max()!
    #expect(worst <= (mode == .screen ? 1 : 0), "\(mode)")
    // Those that are no letters are drawn as the grid is.
    scene.cells.letters.removeLast(20)
    #expect(drawn(scene, mode, shift: CellShift(down: shift.down, across: across)) == letters)
  }
}

/// Where two letters meet, each pixel is that of the one that covers it more, whichever comes first.
@Test func lettersThatMeetAreBothSeen() {
  let scene = Scene(width: 75, height: 41, columns: 9, rows: 4, cellWidth: 7, cellHeight: 9)
  scene.fill(solid: { _, _ in false }, coverage: { _, _ in 255 })
  func letters(_ indices: [Int]) -> [[UInt8]] {
    let all = [
      CellLetter(column: 3, row: 1, shift: LetterShift(right: 2, down: 1), glyph: 4),
      CellLetter(column: 4, row: 1, shift: LetterShift(right: -2, down: -2), glyph: 5),
    ]
    for row in 0..<4 { scene.cells.glyphs(row).update(repeating: 0, count: 9) }
    scene.cells.letters = indices.map { all[$0] }
    return drawn(scene, .add)
  }
  let (first, second, both) = (letters([0]), letters([1]), letters([0, 1]))
  #expect(both == letters([1, 0]) && both != first && both != second)
  for (row, (a, b)) in both.indices.map({ ($0, (first[$0], second[$0])) }) {
    for x in 0..<75 {
      let seen = PixelRow.channels.map { both[row][$0 * 75 + x] }
      #expect([a, b].contains { part in PixelRow.channels.map { part[$0 * 75 + x] } == seen })
    }
  }
}

@Test func aHiddenRowIsNotDrawn() {
  let scene = Scene(width: 75, height: 41, columns: 9, rows: 4, cellWidth: 7, cellHeight: 9)
  scene.fill(solid: { _, _ in true }, coverage: { _, _ in 0 })
  let compositor = LayerCompositor(
    grid: scene.cells, atlas: scene.atlas, geometry: scene.geometry, blend: .normal, width: 75, kernels: baselinePixels)
  let rowBuffer = PixelRowBuffer(width: 75)
  defer { withExtendedLifetime(rowBuffer) {} }
  let row = rowBuffer.row
  #expect((0..<41).allSatisfy { !compositor.draw(row: $0, over: row, into: row) })
}

@Test func aBackdropDarkensAroundTheTextAndFadesSoftly() {
  let (width, height) = (1001, 1081)
  let backdrop = TextBackdrop(width: width, shorterSide: 1080, kernels: baselinePixels)
  backdrop.begin(box: .init(x: 400..<600, y: 500..<560), opacity: 1)
  let sourceBuffer = PixelRowBuffer(width: width)
  defer { withExtendedLifetime(sourceBuffer) {} }
  let source = sourceBuffer.row
  for channel in 0..<3 { source[channel].update(repeating: 200, count: width) }
  let outBuffer = PixelRowBuffer(width: width)
  defer { withExtendedLifetime(outBuffer) {} }
  let out = outBuffer.row
  /// A rectangle blurred by a Gaussian, by summing the Gaussian.
  let weights = (-250...250).map { ScalarMath.exp(-Double($0 * $0) / (2 * 48 * 48)) }
  let total = weights.reduce(0, +)
  func profile(_ range: Range<Int>, _ count: Int) -> [Double] {
    (0..<count).map { position in
      weights.indices.reduce(0.0) { range.contains(position + $1 - 250) ? $0 + weights[$1] : $0 } / total
    }
  }
  let (across, down) = (profile(320..<680, width), profile(420..<640, height))
  for y in stride(from: 3, to: height, by: 67) {
    let reaches = backdrop.shade(row: y, from: source, to: out)
    for x in stride(from: 0, to: width, by: 19) {
      let mask = across[x] * down[y]
      let value = reaches ? Double(out.green[x]) : 200
      #expect(abs(value - 200 * (1 - 0.75 * mask)) <= 1)
    }
  }
  backdrop.begin(box: nil, opacity: 1)
  #expect(!backdrop.shade(row: 530, from: source, to: out))
}
