import KernelTable
import SceneLang

/// Renders frames in which two segments are seen; one per worker.
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
  private let setting: ShaderSetting
  /// Rows by parity: an even row stays until its chroma is made.
  private let rows: [PixelRowBuffer]
  /// Made for the first frame that needs it.
  private lazy var video = VideoRows(width: setting.width, height: setting.height, kernels: kernels.pixel)

  /// Precondition: the segment has a transition.
  init(into segment: SegmentGraph, format: PictureFormat, kernels: KernelSet, scratch: FrameScratch) {
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
    setting = ShaderSetting(
      width: format.width, height: format.height, seed: 0, kernels: kernels.pixel, scratch: scratch)
    rows = [PixelRowBuffer(width: format.width), PixelRowBuffer(width: format.width)]
  }

  /// Renders both segments and mixes them row by row.
  func render(
    from before: (renderer: FrameRenderer, context: FrameContext),
    to after: (renderer: FrameRenderer, context: FrameContext),
    output: (_ y: Int, PixelRow) -> Void
  ) {
    setting.scratch.withPictures(2, setting) { pictures in
      let (old, new) = (pictures[0], pictures[1])
      before.renderer.picture(before.context, into: old)
      after.renderer.picture(after.context, into: new)
      begin(after)
      for y in 0..<setting.height {
        let row = rows[y & 1].row
        transition.row(y, from: old, to: new, into: row)
        output(y, row)
      }
    }
  }

  /// The same for segments that keep their coverage; the result replaces `mixed`, which is what the old one is drawn into.
  func render(
    from before: (renderer: FrameRenderer, context: FrameContext),
    to after: (renderer: FrameRenderer, context: FrameContext),
    into mixed: CoveredPicture
  ) {
    setting.scratch.withPictures(4, setting) { pictures in
      // What they cover, as grey pictures.
      let (old, new, oldPlane, newPlane) = (pictures[0], pictures[1], pictures[2], pictures[3])
      for (side, colors, plane) in [(before, old, oldPlane), (after, new, newPlane)] {
        side.renderer.picture(side.context, into: mixed)
        for y in 0..<setting.height {
          colors.pixelRow(y).copy(from: mixed.colors.pixelRow(y), count: setting.paddedWidth)
          plane.pixelRow(y).copy(from: mixed.coverage.draw(row: y), count: setting.paddedWidth)
        }
      }
      begin(after)
      for y in 0..<setting.height {
        transition.row(y, from: old, to: new, into: mixed.colors.pixelRow(y))
        transition.coverage(y, from: oldPlane, to: newPlane, into: rows[0].row)
        mixed.coverage.set(row: y, Bytes(rows[0].row.red))
      }
    }
  }

  private func begin(_ after: (renderer: FrameRenderer, context: FrameContext)) {
    let context = after.context
    values.update(context)
    if let transition = transition as? any FieldTransition, let node = call.field {
      if field?.of !== after.renderer {
        let read = PixelField(
          node, in: segment, simulations: after.renderer.planes, width: setting.width, height: setting.height,
          kernels: kernels)
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
