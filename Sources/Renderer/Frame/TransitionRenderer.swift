import KernelTable
import SceneLang

/// Renders frames in which two segments are seen. Holds a picture of each; one per worker.
final class TransitionRenderer {
  private let transition: any PictureTransition
  private let call: ShaderCall
  private let parameters: [ParameterDeclaration]
  private let progress: NodeID
  private let values: FrameValues
  private let segment: SegmentGraph
  private let kernels: KernelSet
  /// What the transition reads, with the renderer whose simulations it shows.
  private var field: (of: FrameRenderer, read: PixelField)?
  private let old: Picture
  private let new: Picture
  /// What they cover, as grey pictures; made for the first frame that asks.
  private var planes: (old: Picture, new: Picture)?
  /// Rows by parity: an even row stays until its chroma is made.
  private let rows: [PixelRowBuffer]
  /// Made for the first frame that needs it.
  private lazy var video = VideoRows(width: new.width, height: new.height, kernels: kernels.pixel)

  /// Precondition: the segment has a transition.
  init(into segment: SegmentGraph, format: PictureFormat, kernels: KernelSet) {
    guard let own = segment.transition else { preconditionFailure("`\(segment.name)` has no transition") }
    self.segment = segment
    self.kernels = kernels
    call = own.call
    progress = own.progress
    let op = Transitions.op(own.call.op)
    parameters = op.declaration.parameters
    transition = op.make(
      TransitionSetting(
        width: format.width, height: format.height, kernels: kernels.pixel, seed: own.call.seed))
    values = FrameValues(
      segment: segment, roots: own.call.nodes + [own.progress],
      geometry: GridGeometry(pixelsOf: format.width, format.height))
    old = Picture(width: format.width, height: format.height)
    new = Picture(width: format.width, height: format.height)
    rows = [PixelRowBuffer(width: format.width), PixelRowBuffer(width: format.width)]
  }

  /// Renders both segments and mixes them row by row.
  func render(
    from before: (renderer: FrameRenderer, context: FrameContext),
    to after: (renderer: FrameRenderer, context: FrameContext),
    output: (_ y: Int, PixelRow) -> Void
  ) {
    before.renderer.picture(before.context, into: old)
    after.renderer.picture(after.context, into: new)
    begin(after)
    for y in 0..<new.height {
      let row = rows[y & 1].row
      transition.row(y, from: old, to: new, into: row)
      output(y, row)
    }
  }

  /// The same for segments that keep their coverage; the result replaces `mixed`, which is what the old one is drawn into.
  func render(
    from before: (renderer: FrameRenderer, context: FrameContext),
    to after: (renderer: FrameRenderer, context: FrameContext),
    into mixed: CoveredPicture
  ) {
    let planes =
      self.planes ?? (
        old: Picture(width: old.width, height: old.height), new: Picture(width: old.width, height: old.height)
      )
    self.planes = planes
    for (side, colors, plane) in [(before, old, planes.old), (after, new, planes.new)] {
      side.renderer.picture(side.context, into: mixed)
      for y in 0..<new.height {
        colors.pixelRow(y).copy(from: mixed.colors.pixelRow(y), count: new.stride)
        plane.pixelRow(y).copy(from: mixed.coverage.draw(row: y), count: new.stride)
      }
    }
    begin(after)
    for y in 0..<new.height {
      transition.row(y, from: old, to: new, into: mixed.colors.pixelRow(y))
      transition.coverage(y, from: planes.old, to: planes.new, into: rows[0].row)
      mixed.coverage.set(row: y, Bytes(rows[0].row.red))
    }
  }

  private func begin(_ after: (renderer: FrameRenderer, context: FrameContext)) {
    let context = after.context
    values.update(context)
    if let transition = transition as? any FieldTransition, let node = call.field {
      if field?.of !== after.renderer {
        let read = PixelField(
          node, in: segment, simulations: after.renderer.planes, width: new.width, height: new.height, kernels: kernels)
        field = (after.renderer, read)
      }
      transition.field = field?.read
      transition.field?.begin(context)
    }
    let arguments = call.resolved(for: parameters) { values[$0] }
    transition.begin(progress: values[progress], arguments, frame: context.frame)
  }

  /// Writes a row of the mixed picture as video.
  func write(row y: Int, _ row: PixelRow, into out: UnsafeMutablePointer<UInt8>) { video.write(row: y, row, into: out) }
}
