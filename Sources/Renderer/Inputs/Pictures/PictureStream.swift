import SceneLang

/// The frames of a moving picture in any order, at one size. One per worker.
///
/// It decodes forward from where it is; a jump begins anew near the frame that is asked for, and one backwards some frames
/// before it, so that a picture running backwards is decoded in stretches. What a frame holds depends on its number alone.
final class PictureStream {
  let width: Int
  let height: Int
  private let asset: PictureAsset
  private let library: PictureLibrary
  private var decoder: PictureDecoder?
  /// The frame that the decoder gives next.
  private var next = 0
  /// The latest frames, by number modulo their count.
  private var kept: [(frame: Int, block: PixelBlock)?] = Array(repeating: nil, count: keptCount)
  /// The last frame that could be decoded, for containers that promise more than they hold.
  private var end = Int.max

  private static let keptCount = 32
  /// Frames that are decoded and passed over rather than looked for anew.
  private static let patience = 48

  init(_ asset: PictureAsset, width: Int, height: Int, library: PictureLibrary) {
    self.asset = asset
    self.width = width
    self.height = height
    self.library = library
  }

  /// The picture's frame of that number; the last one where there is none.
  func block(_ frame: Int) throws(BuildFailure) -> PixelBlock {
    let frame = min(frame, end, asset.file.times.count - 1)
    if let known = kept[frame % Self.keptCount], known.frame == frame { return known.block }
    if case .sequence(let stills) = asset.file.source { return try still(frame, stills[frame]) }
    if decoder == nil || frame < next || frame > next + Self.patience {
      let isBackwards = decoder != nil && frame < next && frame > next - Self.patience
      try restart(at: isBackwards ? max(0, frame - Self.keptCount + 8) : frame)
    }
    while next <= frame {
      guard let block = try decode() else {
        // The promised frame is not there: the last one stays.
        end = max(0, next - 1)
        guard next > 0, end < frame else { throw .notAPicture(name, "it ends before its first frame") }
        return try self.block(end)
      }
      kept[next % Self.keptCount] = (next, block)
      next += 1
    }
    return kept[frame % Self.keptCount]!.block
  }

  private var name: String {
    switch asset.file.source {
    case .single(let media): media.path
    case .sequence(let stills): stills[0].name
    }
  }

  private func restart(at frame: Int) throws(BuildFailure) {
    guard case .single(let media) = asset.file.source else { preconditionFailure("stills are decoded one by one") }
    decoder = nil
    decoder = try PictureDecoder(
      asset.file, media, from: frame, width: width, height: height, try library.toolchain(asset.cancellation),
      asset.cancellation)
    next = frame
  }

  private func decode() throws(BuildFailure) -> PixelBlock? {
    guard case .single(let media) = asset.file.source else { preconditionFailure("stills are decoded one by one") }
    let block = try media.reading { () throws(BuildFailure) in try decoder?.next() }
    if block != nil { library.count(frames: 1) }
    return block
  }

  private func still(_ frame: Int, _ still: PictureFile.Still) throws(BuildFailure) -> PixelBlock {
    let media = try MediaFile(path: still.path, name: still.name)
    try media.checkVersion(still.version)
    let block = try media.reading { () throws(BuildFailure) in
      try PictureDecoder(
        asset.file, media, from: 0, width: width, height: height, try library.toolchain(asset.cancellation),
        asset.cancellation
      ).next()
    }
    guard let block else { throw .notAPicture(still.name, "it holds none") }
    library.count(frames: 1)
    kept[frame % Self.keptCount] = (frame, block)
    return block
  }
}
