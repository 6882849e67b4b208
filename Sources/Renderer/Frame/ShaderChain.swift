import KernelTable
import SceneLang

/// Runs a frame's steps: cut into passes where a step needs more than the row it shades, and everything between two cuts
/// fused per pixel row while it is in cache.
///
/// The rows before a cut are kept for the pass after it. Where that needs the whole picture they go to a canvas, and the
/// pass begins when it is full. Where it needs rows nearby, both passes take turns, a band each, and only the rows between
/// them are kept, which stay in cache. The pixels do not depend on the height of the bands.
final class ShaderChain {
  let steps: [any ChainStep]
  private let feedback: FeedbackStep?
  /// The steps up to the feedback.
  private let feedbackSteps: Int
  private let setting: ShaderSetting
  private let bandHeight: Int
  /// Rows of the last pass, by the parity of the picture row, so that the row above an odd row stays until its chroma is
  /// made.
  private let even: RowPairBuffer
  private let odd: RowPairBuffer
  /// Beside the row that is kept, in the other passes.
  private let spare: RowPairBuffer
  /// Whether a step reads a canvas while the rows for a later one are kept: then stages keep theirs in turn in two.
  private let needsTwoCanvases: Bool
  /// Whole pictures that stages keep for the next, taken for a frame.
  private var canvases: [Picture?] = [nil, nil]
  /// The rows that are kept for a step that needs those nearby, by its index; made for the first frame that needs them.
  private var windows: [Int: Picture] = [:]

  /// The steps between two cuts.
  private struct Pass {
    var steps: ArraySlice<Int>
    /// How often a row is written at most.
    var writes: Int
    /// What is after the cut and is shown the rows, and whose it is; nil after the last pass.
    var gatherer: (any PictureGatherer)?
    var gathering = 0
    /// How many rows it is behind the first pass of its stage.
    var lag: Int
    /// What it reads, and what it keeps; nil for the layers and the output.
    var source: Picture?
    var kept: Picture?
  }

  /// `tone`, then `feedback`, come before `shaders`. `bandHeight`: rows that a pass makes in its turn.
  init(
    tone: (any RowShader)?, feedback: FeedbackStep? = nil, shaders: [any ChainStep], bandHeight: Int,
    _ setting: ShaderSetting
  ) {
    precondition(bandHeight > 0, "bands have a height: \(bandHeight)")
    self.setting = setting
    self.bandHeight = bandHeight
    var steps: [any ChainStep] = []
    if let tone { steps.append(ShaderStep(name: "exposure", tone, call: nil, setting)) }
    if let feedback { steps.append(feedback) }
    self.feedback = feedback
    feedbackSteps = steps.count
    steps += shaders
    self.steps = steps
    even = RowPairBuffer(width: setting.width)
    odd = RowPairBuffer(width: setting.width)
    spare = RowPairBuffer(width: setting.width)
    needsTwoCanvases = steps.compactMap(\.gatherer).dropLast().contains { $0 is any PictureReader }
  }

  /// The frames that must be fed back before `frame` is rendered, in order.
  func missing(before frame: Int) -> Range<Int> { feedback?.missing(before: frame) ?? frame..<frame }

  /// Renders a frame as far as the feedback, for the frames after it.
  func feedBack(_ context: FrameContext, value: (NodeID) -> Double, layers: any RowSource) {
    run(Array(steps.indices.prefix(feedbackSteps)), context, value: value, layers: layers, clock: nil) { _, _ in }
  }

  /// Renders a frame: rows come from `layers` and go to `output`, ascending. Precondition: no frame is missing.
  func run(
    _ context: FrameContext, value: (NodeID) -> Double, layers: any RowSource, clock: StageClock?,
    output: (_ y: Int, PixelRow) -> Void
  ) {
    run(Array(steps.indices), context, value: value, layers: layers, clock: clock, output: output)
  }

  private func run(
    _ candidates: [Int], _ context: FrameContext, value: (NodeID) -> Double, layers: any RowSource, clock: StageClock?,
    output: (_ y: Int, PixelRow) -> Void
  ) {
    let active = candidates.filter { steps[$0].begin(context, value: value) }
    var canvas: Picture?
    var ending: (any PictureGatherer)?
    for (number, passes) in stages(active, layers).enumerated() {
      var stage = passes
      if number > 0 { stage[0].source = canvas }
      let last = stage.count - 1
      if stage[last].gatherer != nil {
        canvas = self.canvas(after: number)
        stage[last].kept = canvas
      }
      for pass in stage { pass.gatherer?.beginGathering() }
      // Passes take turns until the last one, which is behind, has made its last row.
      for start in stride(from: 0, to: setting.height + stage.last!.lag, by: bandHeight) {
        for pass in stage {
          let rows = (start - pass.lag..<start - pass.lag + bandHeight).clamped(to: 0..<setting.height)
          for y in rows { make(y, pass, layers, clock, output) }
          if rows.upperBound == setting.height, !rows.isEmpty { finishGathering(pass, clock) }
        }
      }
      if number == 0 { layers.finish() }
      // The last one's rows are shaded in the next stage.
      for pass in stage.dropLast() { pass.gatherer?.endShading() }
      end(ending)
      ending = stage.last?.gatherer
    }
    for index in canvases.indices { setting.scratch.put(&canvases[index]) }
  }

  private func end(_ gatherer: (any PictureGatherer)?) {
    if let reader = gatherer as? any PictureReader { reader.picture = nil }
    gatherer?.endShading()
  }

  // MARK: Passes

  /// The passes of the active steps, by stages: passes that take turns. Canvases between stages are not among them.
  private func stages(_ active: [Int], _ layers: any RowSource) -> [[Pass]] {
    var stages: [[Pass]] = [[]]
    var (lag, start) = (0, 0)
    var source: Picture?
    for (place, index) in active.enumerated() {
      guard let gatherer = steps[index].gatherer else { continue }
      let kept = gatherer.reach.map { window(of: index, reach: $0) }
      let isFirst = stages.count == 1 && stages[0].isEmpty
      stages[stages.count - 1].append(
        Pass(
          steps: active[start..<place], writes: place - start + (isFirst ? layers.writeCount : 0),
          gatherer: gatherer, gathering: index, lag: lag, source: source, kept: kept))
      if let reach = gatherer.reach {
        lag += reach
      } else {
        stages.append([])
        lag = 0
      }
      (start, source) = (place, kept)
    }
    stages[stages.count - 1].append(Pass(steps: active[start...], writes: 0, lag: lag, source: source))
    return stages
  }

  private func canvas(after stage: Int) -> Picture {
    let index = needsTwoCanvases ? stage & 1 : 0
    let picture = canvases[index] ?? setting.scratch.take(setting)
    canvases[index] = picture
    return picture
  }

  private func window(of index: Int, reach: Int) -> Picture {
    let height = min(reach + bandHeight, setting.height)
    if let picture = windows[index], picture.height == height { return picture }
    let picture = Picture(width: setting.width, height: height)
    windows[index] = picture
    return picture
  }

  /// Makes row `y` of a pass, and keeps it or hands it on.
  private func make(
    _ y: Int, _ pass: Pass, _ layers: any RowSource, _ clock: StageClock?, _ output: (_ y: Int, PixelRow) -> Void
  ) {
    let kept = pass.kept?.keptRow(y)
    let pair = kept.map { keepingPair($0, pass) } ?? (y & 1 == 0 ? even : odd).pair
    let source = pass.source?.keptRow(y) ?? layers.draw(row: y, with: pair, clock: clock)
    askForRow(y + 1, pass)
    let row = shade(source, y, pass.steps, pair, clock)
    guard let kept else { return output(y, row) }
    let start = clock?.now ?? 0
    pass.gatherer?.gather(row: y, row)
    if kept.red != row.red { kept.copy(from: row, count: setting.paddedWidth) }
    clock?.add(.step(pass.gathering), since: start)
  }

  /// Asks the memory for row `y` of the canvases that a pass works on, while the row above it is being made.
  private func askForRow(_ y: Int, _ pass: Pass) {
    guard y < setting.height else { return }
    if let source = pass.source, source.height == setting.height { askFor(source.pixelRow(y), toWrite: false) }
    if let kept = pass.kept, kept !== pass.source, kept.height == setting.height {
      askFor(kept.pixelRow(y), toWrite: true)
    }
  }

  private func askFor(_ row: PixelRow, toWrite: Bool) {
    for channel in PixelRow.channels {
      let words = UnsafeRawPointer(row[channel]).assumingMemoryBound(to: UInt16.self)
      setting.kernels.prefetch(words, toWrite: toWrite, count: setting.paddedWidth / 2)
    }
  }

  private func shade(
    _ source: PixelRow, _ y: Int, _ indices: ArraySlice<Int>, _ pair: RowPair, _ clock: StageClock?
  ) -> PixelRow {
    var row = source
    for index in indices {
      let start = clock?.now ?? 0
      let next = pair.other(than: row)
      steps[index].shade(row: y, from: row, to: next)
      row = next
      clock?.add(.step(index), since: start)
    }
    return row
  }

  /// The rows of a pass whose rows are kept: the kept row itself is one of them, and is the last that is written if all
  /// writes happen. A pass that reads the picture it keeps into begins with that row, and ends in it if writes are even.
  private func keepingPair(_ kept: PixelRow, _ pass: Pass) -> RowPair {
    let endsInFirst = pass.source === pass.kept || !pass.writes.isMultiple(of: 2)
    let spare = spare.pair.first
    return endsInFirst ? RowPair(first: kept, second: spare) : RowPair(first: spare, second: kept)
  }

  private func finishGathering(_ pass: Pass, _ clock: StageClock?) {
    guard let gatherer = pass.gatherer else { return }
    let start = clock?.now ?? 0
    if let reader = gatherer as? any PictureReader { reader.picture = pass.kept }
    gatherer.finishGathering()
    clock?.add(.step(pass.gathering), since: start)
  }
}

extension Picture {
  /// Row `y` of a picture of which this has so many rows as are needed at a time.
  fileprivate func keptRow(_ y: Int) -> PixelRow { pixelRow(y % height) }
}
