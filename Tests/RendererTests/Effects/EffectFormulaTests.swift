import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// Each effect against its formula, in a few cells.
struct EffectFormulaTests {
  @Test func aDropIsAHeadWithATailThatFadesEvenly() {
    var rain = LoneEffect(
      MatrixRain.self, geometry: .test(columns: 60, rows: 56), numbers: ["speed": 0.5, "density": 1, "length": 1])
    rain.advance(ticks: 0..<50)
    rain.draw()
    var heads = 0
    for column in 0..<60 {
      let values = rain.column(column)
      guard let head = values.firstIndex(of: 1) else { continue }
      heads += 1
      let tail = values[..<head].filter { $0 > 0 }.count
      #expect(values[(head + 1)...].allSatisfy { $0 == 0 })
      #expect(tail + 1 <= 40)
      guard head >= 40, tail > 1 else { continue }
      // 0.86 · (1 − i / length), length = tail + 1 for a tail that has not left the grid.
      for i in 1..<tail {
        let expected = 0.86 * (1 - Double(i) / Double(tail + 1))
        #expect(abs(Double(values[head - i]) - expected) < 1e-6)
      }
      #expect(Set((head - tail...head).map { rain.energy(column, $0) }).count == 1)
    }
    #expect(heads > 15)
  }

  @Test func rainFallsAtTheSpeedOfItsColumn() {
    var rain = LoneEffect(
      MatrixRain.self, geometry: .test(columns: 80, rows: 100), numbers: ["speed": 1, "density": 1, "length": 1])
    rain.advance(ticks: 0..<20)
    rain.draw()
    let before = (0..<80).map { rain.column($0).firstIndex(of: 1) }
    rain.advance(ticks: 20..<30)
    rain.draw()
    let steps = (0..<80).compactMap { column -> Int? in
      guard let from = before[column], let to = rain.column(column).firstIndex(of: 1), to > from else { return nil }
      return to - from
    }
    // 10 ticks at 0.3 to 2 cells a tick.
    #expect(steps.count > 20 && steps.allSatisfy { (2...21).contains($0) })
  }

  @Test func flamesStandOverTheirFuelAndCoolUpwards() {
    let geometry = GridGeometry.test(columns: 64, rows: 40)
    // Fuel to the side counts 2.2 times as deep: half the grid's height is that far aside.
    let aside = Int(20 / 2.2 * geometry.cellHeightShare / geometry.cellWidthShare + 1)
    let fire = LoneEffect(
      Fire.self, geometry: geometry, numbers: ["height": 0.5, "drive": 1, "time": 1.5],
      fields: ["fuel": { $1 == 29 && $0 < 32 ? 1 : 0 }])
    fire.draw()
    for column in 0..<64 {
      let values = fire.column(column)
      // Nothing below the fuel, nothing further beside it or above it than half the grid.
      #expect(values[30...].allSatisfy { $0 == 0 } && values[..<9].allSatisfy { $0 == 0 })
      if column < 32 { #expect(values[29] > 0.3) }
      if column >= 32 + aside { #expect(values.allSatisfy { $0 == 0 }) }
    }
    let rows = (0..<30).map { row in (0..<32).reduce(Float(0)) { $0 + fire.value($1, row) } }
    #expect(rows[29] > rows[27] && rows[27] > rows[24] && rows[24] >= rows[15] && rows[27] > 0)
  }

  @Test func theHeatOfAFlameIsItsFormula() {
    expectHeat(Fire.self, height: 0.8, drive: 1, speed: 1, sway: 0.55, tongue: (9, 1.6), detail: (22, 4))
  }

  /// Slower, straight and thin.
  @Test func theFrostOfANeedleIsItsFormula() {
    expectHeat(Ice.self, height: 0.7, drive: 0.5, speed: 0.3, sway: 0.03, tongue: (16, 0.25), detail: (60, 0.5))
  }

  /// `tongue` and `detail`: waves of the noises per shorter side, across and down.
  private func expectHeat(
    _ type: any EffectOp.Type, height: Double, drive: Double, speed: Double, sway: Double,
    tongue: (across: Double, down: Double), detail: (across: Double, down: Double)
  ) {
    let geometry = GridGeometry.test(columns: 64, rows: 40)
    let flame = LoneEffect(
      type, geometry: geometry, numbers: ["height": height, "drive": drive, "speed": speed, "time": 2],
      fields: ["fuel": { $1 == 39 ? 1 : 0 }], seed: 7)
    flame.draw()
    let reach = height * (0.5 + 0.5 * drive)
    let (width, step) = (geometry.cellWidthShare, geometry.cellHeightShare)
    var seen = 0
    for (column, row) in [(3, 39), (10, 35), (31, 30), (50, 24), (63, 20)] {
      let above = Double(39 - row) / 40
      let (x, depth) = (Double(column) * width, Double(row) * step)
      let shift = sway * above * (ValueNoise.value([3.5 * x, 5 * depth + 3.8 * speed, 7]) - 0.5)
      let coarse = ValueNoise.value([tongue.across * (x + shift), tongue.down * depth + 2.3 * speed, 7])
      let fine = ValueNoise.value([detail.across * (x + 1.6 * shift), detail.down * depth + 5.2 * speed, 7])
      let n = min(max((0.72 * coarse + 0.28 * fine - 0.18) * 1.45, 0), 1)
      let heat = 1 - above / (reach * (0.12 + 0.88 * n * n.squareRoot()))
      let expected = max(heat, 0) * (0.6 + 0.4 * n) * min(1, 4 * (1 - above / reach))
      #expect(abs(Double(flame.value(column, row)) - min(expected, 1)) < 1e-4, "cell (\(column), \(row))")
      if expected > 0 { seen += 1 }
    }
    #expect(seen >= 2)
  }

  @Test func barsStandAsHighAsTheirLevel() {
    let levels = ["sub": 0.2, "bass": 0.4, "lomid": 0.6, "mid": 0.8, "himid": 0.5, "hi": 1]
    var spectrum = LoneEffect(
      Spectrum.self, geometry: .test(columns: 50, rows: 40),
      numbers: levels.merging(["bars": 6, "gap": 2, "gain": 1, "flutter": 0, "mirror": 0]) { $1 })
    spectrum.advance(ticks: 0..<1)
    spectrum.draw()
    // Six bars of 6 columns, 2 apart, from column 2; the room is 0.96 · 40 rows.
    for (bar, level) in [0.2, 0.4, 0.6, 0.8, 0.5, 1].enumerated() {
      let column = 2 + 8 * bar
      let values = spectrum.column(column)
      let height = level * 38.4
      let filled = Int((height * 8 + 0.5) / 8)
      for up in 0..<filled { #expect(abs(Double(values[39 - up]) - (0.12 + 0.88 * (Double(up) + 0.5) / 38.4)) < 1e-6) }
      #expect(values[max(0, 39 - filled - 1)] == 1 || values[39 - filled] == 1, "the cap")
      #expect(abs(Double(spectrum.energy(column, 39)) - level) < 1e-6)
      #expect(spectrum.column(column + 6).allSatisfy { $0 == 0 }, "the gap")
    }
  }

  @Test func barsSinkSlowlyAndCapsAfterThem() {
    let geometry = GridGeometry.test(columns: 30, rows: 40)
    let quiet = ["bars": 1.0, "gain": 1, "flutter": 0, "mirror": 0, "fall": 2.4]
    var silent = LoneEffect(Spectrum.self, geometry: geometry, numbers: quiet)
    silent.advance(ticks: 0..<3)
    silent.draw()
    #expect(silent.column(4).filter { $0 > 0 } == [1], "silence leaves the cap on the floor")
  }

  @Test func theWaveformIsASumOfThreeSines() {
    let wave = LoneEffect(
      Waveform.self, geometry: .test(columns: 120, rows: 60),
      numbers: ["bass": 0.9, "mid": 0.5, "hi": 0.2, "time": 0.7])
    wave.draw()
    for column in [5, 30, 64, 119] {
      let u = (Double(column) + 0.5) / 120
      let swing =
        0.45 * ScalarMath.sin(9.6 * u + 3.5) + 0.15 * ScalarMath.sin(57 * u + 5.6) + 0.03
        * ScalarMath.sin(115 * u + 8.4)
      let row = Int(30 + 30 * swing)
      #expect(wave.value(column, row) == 1)
      #expect(wave.value(column, row - 12) == 0 && wave.value(column, row + 12) == 0)
    }
  }
}
