import KernelTable
import SceneLang

/// Flames over fuel, as `fire` and `ice` draw them.
///
/// In every cell the height h above the nearest fuel below is known, in shares of the grid's height; fuel further to the
/// side counts as deeper below, 2.2 times its distance, so that flames spread beyond what burns. A flame burns where
/// h is less than the reach of its tongue, 0.12 + 0.88 · n^1.4 of `height` for a noise n along the columns that rises with
/// time; heat is 1 − h / reach. Tongues are looked up at a place that a second noise shifts sideways, the more the higher,
/// so that they lick and part. Closed in time: no state.
struct Flames {
  let geometry: GridGeometry
  let kernels: FieldKernels
  /// Of the noise.
  let seed: Double
  var form = Form.tongues

  /// How tongues are formed: by noises of these waves per shorter side, across and down.
  struct Form {
    /// How far tongues are shifted sideways, against their height.
    var sway: Float
    var tongue: (across: Float, down: Float)
    var detail: (across: Float, down: Float)

    static let tongues = Form(sway: 0.55, tongue: (9, 1.6), detail: (22, 4))
    static let needles = Form(sway: 0.03, tongue: (16, 0.25), detail: (60, 0.5))
  }

  /// What a way to the side counts, against one upwards.
  private static let spread: Float = 2.2

  /// `height`: reach of the tallest tongues in shares of the grid's height. `speed`: 1 for a fire.
  func draw(fuel: CellField, height: Double, speed: Double, time: Double, into cells: EffectCells) {
    let count = cells.stride
    let strips = AlignedBuffer<Float>(count: 8 * count)
    func strip(_ index: Int) -> UnsafeMutablePointer<Float> { strips.base + index * count }
    let (column, row, sway, tongue, scratch) = (strip(0), strip(1), strip(2), strip(3), strip(4))
    let above = strip(5)
    let seedLanes = strip(6)
    seedLanes.update(repeating: Float(seed), count: 16)
    above.update(repeating: 2, count: count)
    // Noise is measured in shares of the shorter side, so that flames look alike on every grid.
    let width = Float(geometry.cellWidthShare)
    let step = Float(geometry.cellHeightShare)
    let share = 1 / Float(cells.rows)
    let aside = Self.spread * share * width / step
    for y in stride(from: cells.rows - 1, through: 0, by: -1) {
      let depth = Float(y) * step
      // From the row below, then along the row to the right and to the left.
      for x in 0..<cells.columns {
        above[x] = fuel[x, y] > 0.5 ? 0 : above[x] + share
        column[x] = 3.5 * width * Float(x)
      }
      for x in 1..<max(1, cells.columns) { above[x] = min(above[x], above[x - 1] + aside) }
      for x in stride(from: cells.columns - 2, through: 0, by: -1) { above[x] = min(above[x], above[x + 1] + aside) }
      row.update(repeating: 5 * depth + Float(1.9 * speed * time), count: 16)
      noise(sway, column, row, seedLanes, count)
      for x in 0..<cells.columns {
        let shift = form.sway * above[x] * (sway[x] - 0.5)
        column[x] = form.tongue.across * (width * Float(x) + shift)
        scratch[x] = form.detail.across * (width * Float(x) + 1.6 * shift)
      }
      row.update(repeating: form.tongue.down * depth + Float(1.15 * speed * time), count: 16)
      noise(tongue, column, row, seedLanes, count)
      row.update(repeating: form.detail.down * depth + Float(2.6 * speed * time), count: 16)
      noise(sway, scratch, row, seedLanes, count)
      draw(row: y, above: above, tongue: tongue, detail: sway, height: Float(height), into: cells)
    }
  }

  private func draw(
    row y: Int, above: UnsafePointer<Float>, tongue: UnsafePointer<Float>, detail: UnsafePointer<Float>, height: Float,
    into cells: EffectCells
  ) {
    for x in 0..<cells.columns where above[x] <= height {
      let n = min(max((0.72 * tongue[x] + 0.28 * detail[x] - 0.18) * 1.45, 0), 1)
      let reach = height * (0.12 + 0.88 * n * n.squareRoot())
      let heat = 1 - above[x] / max(reach, 1e-6)
      guard heat > 0 else { continue }
      // The tallest tongues end in the dark, not at a line.
      let glow = heat * (0.6 + 0.4 * n) * min(1, 4 * (1 - above[x] / height))
      cells.put(x, y, value: glow, energy: above[x] == 0 ? 1 : n)
    }
  }

  private func noise(
    _ out: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ seed: UnsafePointer<Float>, _ count: Int
  ) {
    let operands = [FieldOperand(strip: x), FieldOperand(splat: y), FieldOperand(splat: seed)]
    kernels[.valueNoise](out, operands, count, 0)
  }
}
