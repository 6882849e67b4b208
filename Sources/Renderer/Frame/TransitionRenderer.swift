import KernelTable
import SceneLang

/// Renders frames in which two segments are seen. Holds a picture of each; one per worker.
final class TransitionRenderer {
  private let transition: any PictureTransition
  private let call: ShaderCall
  private let progress: NodeID
  private let values: FrameValues
  private let old: Picture
  private let new: Picture
  /// Rows by parity: an even row stays until its chroma is made.
  private let rows: [PixelRowBuffer]
  private let video: VideoRows

  /// Precondition: the segment has a transition.
  init(into segment: SegmentGraph, format: PictureFormat, kernels: KernelSet) {
    guard let own = segment.transition else { preconditionFailure("`\(segment.name)` has no transition") }
    call = own.call
    progress = own.progress
    transition = Transitions.op(own.call.op).make(
      TransitionSetting(
        width: format.width, height: format.height, kernels: kernels.pixel, seed: own.call.seed))
    values = FrameValues(segment: segment, roots: own.call.nodes + [own.progress])
    old = Picture(width: format.width, height: format.height)
    new = Picture(width: format.width, height: format.height)
    rows = [PixelRowBuffer(width: format.width), PixelRowBuffer(width: format.width)]
    video = VideoRows(width: format.width, height: format.height, kernels: kernels.pixel)
  }

  /// Renders both segments and mixes them row by row.
  func render(
    from before: (renderer: FrameRenderer, context: FrameContext),
    to after: (renderer: FrameRenderer, context: FrameContext),
    output: (_ y: Int, PixelRow) -> Void
  ) {
    before.renderer.picture(before.context, into: old)
    after.renderer.picture(after.context, into: new)
    values.update(after.context)
    transition.begin(
      progress: values[progress], call.resolved { values[$0] }, frame: after.context.frame)
    for y in 0..<new.height {
      let row = rows[y & 1].row
      transition.row(y, from: old, to: new, into: row)
      output(y, row)
    }
  }

  /// Writes a row of the mixed picture as video.
  func write(row y: Int, _ row: PixelRow, into out: UnsafeMutablePointer<UInt8>) { video.write(row: y, row, into: out) }
}
