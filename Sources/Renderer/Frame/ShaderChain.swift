import KernelTable
import SceneLang

/// Runs a frame's steps: cut where a step needs the whole picture, and everything between two cuts fused per pixel row
/// while it is in cache.
///
/// Without such a step no full picture is kept: layers, shaders and output see one row after the other. With one, the
/// rows before it go to a canvas, from which the next pass reads. Rows are drawn in bands, any cut of the height into
/// ranges; the pixels do not depend on it.
final class ShaderChain {
  let steps: [any ChainStep]
  private let feedback: FeedbackStep?
  /// The steps up to the feedback.
  private let feedbackSteps: Int
  private let setting: ShaderSetting
  private let bands: [Range<Int>]
  /// Rows by the parity of the picture row, so that the row above an odd row stays until its chroma is made.
  private let buffers: [RowPairBuffer]
  /// What a pass keeps for the next: canvas 0 of even passes, canvas 1 of odd ones. Two where a step reads the first while
  /// a later one's rows are kept, else the same one twice.
  private let canvases: [Picture]

  /// `tone`, then `feedback`, come before `shaders`. `bandHeight`: rows of a band, even so that chroma rows stay whole.
  init(
    tone: (any RowShader)?, feedback: FeedbackStep? = nil, shaders: [any ChainStep], bandHeight: Int,
    _ setting: ShaderSetting
  ) {
    precondition(bandHeight > 0 && bandHeight.isMultiple(of: 2), "bands have an even height: \(bandHeight)")
    self.setting = setting
    var steps: [any ChainStep] = []
    if let tone { steps.append(ShaderStep(name: "exposure", tone, call: nil, setting)) }
    if let feedback { steps.append(feedback) }
    self.feedback = feedback
    feedbackSteps = steps.count
    steps += shaders
    self.steps = steps
    bands = stride(from: 0, to: setting.height, by: bandHeight).map {
      $0..<min($0 + bandHeight, setting.height)
    }
    buffers = [RowPairBuffer(width: setting.width), RowPairBuffer(width: setting.width)]
    let gatherers = steps.compactMap(\.gatherer)
    let first = gatherers.isEmpty ? nil : Picture(width: setting.width, height: setting.height)
    let needsTwo = gatherers.dropLast().contains { $0 is any PictureReader }
    let second = needsTwo ? Picture(width: setting.width, height: setting.height) : first
    canvases = [first, second].compactMap { $0 }
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
    // A pass ends before each step that must see the whole picture, and the next begins with that step.
    let cuts = active.indices.filter { steps[active[$0]].gatherer != nil }
    for (pass, (start, end)) in zip([0] + cuts, cuts + [active.count]).enumerated() {
      let indices = active[start..<end]
      let gatherer = pass < cuts.count ? active[end] : nil
      let writes = indices.count + (pass == 0 ? layers.writeCount : 0)
      for band in bands {
        for y in band {
          let pair = gatherer == nil ? buffers[y & 1].pair : keepingPair(y, pass, writes: writes)
          let source =
            pass == 0 ? layers.draw(row: y, with: pair, clock: clock) : canvas(after: pass - 1).pixelRow(y)
          let row = shade(source, y, indices, pair, clock)
          if let gatherer {
            gather(row, y, gatherer, into: canvas(after: pass), clock)
          } else {
            output(y, row)
          }
        }
      }
      if let gatherer { finishGathering(gatherer, canvas(after: pass), clock) }
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

  /// The rows of a pass that ends in a canvas: the canvas row itself is one of them, and is the last that is written if
  /// all `writes` happen. A pass that reads the canvas it keeps into begins with that row, and ends in it if writes are
  /// even.
  private func keepingPair(_ y: Int, _ pass: Int, writes: Int) -> RowPair {
    let (kept, spare) = (canvas(after: pass).pixelRow(y), buffers[y & 1].pair.first)
    let readsKept = pass > 0 && canvas(after: pass - 1) === canvas(after: pass)
    let endsInFirst = readsKept || !writes.isMultiple(of: 2)
    return endsInFirst ? RowPair(first: kept, second: spare) : RowPair(first: spare, second: kept)
  }

  /// Shows the row to the step at `index`, and keeps it for the next pass.
  private func gather(_ row: PixelRow, _ y: Int, _ index: Int, into canvas: Picture, _ clock: StageClock?) {
    let start = clock?.now ?? 0
    steps[index].gatherer?.gather(row: y, row)
    let kept = canvas.pixelRow(y)
    if kept.red != row.red { kept.copy(from: row, count: setting.paddedWidth) }
    clock?.add(.step(index), since: start)
  }

  private func finishGathering(_ index: Int, _ canvas: Picture, _ clock: StageClock?) {
    let start = clock?.now ?? 0
    let gatherer = steps[index].gatherer
    if let reader = gatherer as? any PictureReader { reader.picture = canvas }
    gatherer?.finishGathering()
    clock?.add(.step(index), since: start)
  }

  private func canvas(after pass: Int) -> Picture { canvases[pass & 1] }
}
