import SceneLang

/// The planes that the picture nodes of a segment sample. One per worker.
final class PicturePlanes {
  /// What is read of one input at one time.
  private struct Key: Hashable {
    var input: PictureInput
    var time: NodeID
  }

  private let uses: [PictureUse]
  private let times: FrameValues?
  private let places: [NodeID: (use: Int, channel: PictureChannel)]
  /// Why a frame could not be decoded: the pictures since then are not those of the file.
  private(set) var failure: BuildFailure?

  init(_ segment: SegmentGraph, format: PictureFormat, library: PictureLibrary) {
    let facts = SegmentFacts(segment)
    let cell = segment.smallestCell
    var keys: [Key] = []
    var channels: [[PictureChannel]] = []
    var places: [NodeID: (use: Int, channel: PictureChannel)] = [:]
    for (index, node) in segment.nodes.enumerated() {
      guard case .picture(let input, let channel, _, _, let time) = node.kind else { continue }
      let key = Key(input: input, time: facts.source(time))
      let place = keys.firstIndex(of: key) ?? keys.count
      if place == keys.count {
        keys.append(key)
        channels.append([])
      }
      if !channels[place].contains(channel) { channels[place].append(channel) }
      places[NodeID(index)] = (place, channel)
    }
    self.places = places
    uses = zip(keys, channels).map { key, channels in
      PictureUse(key.input, time: key.time, channels, extent: key.input.extent(in: format), cell: cell, library)
    }
    let pixels = GridGeometry(pixelsOf: format.width, format.height)
    times = keys.isEmpty ? nil : FrameValues(segment: segment, roots: keys.map(\.time), geometry: pixels)
  }

  /// Makes all planes those of a frame.
  func update(_ context: FrameContext) {
    guard let times else { return }
    times.update(context)
    for use in uses {
      do { try use.show(at: times[use.time]) } catch { failure = failure ?? error }
    }
  }

  /// What a picture's node samples; nil for other nodes.
  func base(of node: NodeID) -> UnsafePointer<Float>? {
    places[node].map { uses[$0.use].plane($0.channel).base }
  }
}

/// One input at one time, with the planes of the channels that are read.
private final class PictureUse {
  let time: NodeID
  private let asset: PictureAsset
  private let planes: [(channel: PictureChannel, plane: SimulationPlane)]
  /// Nil for a still.
  private let stream: PictureStream?
  private var shown: Int?

  init(
    _ input: PictureInput, time: NodeID, _ channels: [PictureChannel], extent: (width: Double, height: Double),
    cell: (width: Double, height: Double), _ library: PictureLibrary
  ) {
    self.time = time
    asset = library.asset(input.content)
    // Two pixels for a cell, each way: between them is the mean of a cell.
    let (width, height) = (2 * extent.width / cell.width, 2 * extent.height / cell.height)
    let size: (width: Int, height: Int)
    let still = asset.still(width: width, height: height)
    if let still {
      size = (still.width, still.height)
      stream = nil
    } else {
      size = (
        min(asset.facts.width, max(1, Int(width.rounded()))), min(asset.facts.height, max(1, Int(height.rounded())))
      )
      stream = PictureStream(asset, width: size.width, height: size.height, library: library)
    }
    planes = channels.map { channel in
      (
        channel,
        SimulationPlane(
          columns: size.width, rows: size.height, columnsPerUnit: Double(size.width) / extent.width,
          rowsPerUnit: Double(size.height) / extent.height)
      )
    }
    for (channel, plane) in planes where channel == .subject { ChannelPlanes.write(input.subject, into: plane) }
    if let still { write(still, before: ChannelPlanes.motionWeights.map { _ in still }) }
  }

  func plane(_ channel: PictureChannel) -> SimulationPlane { planes.first { $0.channel == channel }!.plane }

  /// Writes the planes of the frame at `time` seconds of the input.
  func show(at time: Double) throws(BuildFailure) {
    guard let stream else { return }
    let frame = asset.file.frame(at: time)
    if frame == shown { return }
    var before: [PixelBlock] = []
    if planes.contains(where: { $0.channel == .motion }) {
      // In the order of the file, so that they are decoded once.
      for distance in ChannelPlanes.motionWeights.indices.reversed() {
        before.insert(try stream.block(max(0, frame - 1 - distance)), at: 0)
      }
    }
    write(try stream.block(frame), before: before)
    shown = frame
  }

  private func write(_ block: PixelBlock, before: [PixelBlock]) {
    for (channel, plane) in planes where channel != .subject {
      ChannelPlanes.write(channel, of: block, before: before, into: plane)
    }
  }
}

extension SegmentGraph {
  /// About the size of the smallest cell of its layers, in shares of the picture's shorter side.
  fileprivate var smallestCell: (width: Double, height: Double) {
    let size = (layers + overlay).flatMap(\.parts).map(\.grid.fontSize).min() ?? 16
    return (0.6 * size / 1080, 1.2 * size / 1080)
  }
}
