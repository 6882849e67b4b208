import SceneLang
import Synchronization

/// The pictures and videos that scenes show, each opened and looked at once: what was found is remembered by the content
/// of the files, in the process and in the cache.
public final class PictureLibrary: Sendable {
  /// Contents name what is read, so that one library serves all scenes of a process.
  public static let shared = PictureLibrary()

  private let assets = Mutex<[PictureContent: PictureAsset]>([:])
  private let counts = Mutex(Counts())

  /// How often files were read.
  struct Counts: Hashable {
    /// Files looked at and stills decoded, not found in the cache.
    var analyses = 0
    /// Frames of what moves.
    var frames = 0
  }

  public init() {}

  var counted: Counts { counts.withLock { $0 } }

  func count(frames: Int) { counts.withLock { $0.frames += frames } }

  /// Opens a picture file. `cacheFolder`: nil keeps nothing beyond the process.
  ///
  /// Throws a failure of kind `asset` when it is no picture, `missingProgram` when it cannot be decoded for want of ffmpeg.
  public func open(
    _ media: MediaFile, cacheFolder: String?, cancellation: Cancellation = .never
  ) throws(BuildFailure) -> PictureFacts {
    let toolchain = try Toolchain.resolve(cancellation)
    let file = try PictureFile(media, toolchain, cancellation)
    return try add(file, cacheFolder, toolchain, cancellation) { () throws(BuildFailure) in
      if file.times.count == 1 { return try StillDecoder.decode(media, toolchain, cancellation) }
      return try Self.firstFrame(of: file, media, toolchain, cancellation)
    }
  }

  /// Opens stills that are shown one after another, `fps` a second. `paths` and what messages call them.
  public func open(
    paths: [String], names: [String], fps: Double, cacheFolder: String?, cancellation: Cancellation = .never
  ) throws(BuildFailure) -> PictureFacts {
    precondition(!paths.isEmpty && paths.count == names.count, "a sequence has stills")
    let toolchain = try Toolchain.resolve(cancellation)
    var hasher = ContentHasher()
    hasher.feed(fps)
    for (path, name) in zip(paths, names) { hasher.feed(try MediaFile(path: path, name: name).contentHash()) }
    let first = try PictureFile(try MediaFile(path: paths[0], name: names[0]), toolchain, cancellation)
    var file = first
    file.source = .sequence(paths: paths, names: names)
    file.content = hasher.finish()
    file.times = paths.indices.map { Double($0) / fps }
    file.duration = Double(paths.count) / fps
    file.start = 0
    return try add(file, cacheFolder, toolchain, cancellation) { () throws(BuildFailure) in
      try StillDecoder.decode(try MediaFile(path: paths[0], name: names[0]), toolchain, cancellation)
    }
  }

  private func add(
    _ file: PictureFile, _ cacheFolder: String?, _ toolchain: Toolchain, _ cancellation: Cancellation,
    look: () throws(BuildFailure) -> PixelBlock
  ) throws(BuildFailure) -> PictureFacts {
    let content = PictureContent(high: file.content.high, low: file.content.low)
    if let known = assets.withLock({ $0[content] }) { return known.facts }
    // A cache that cannot be used only costs the next run time.
    let store = cacheFolder.flatMap { folder in try? ClipStore(folder: folder) }
    let key = Self.key(file.content)
    let block: PixelBlock
    if let kept = store?.bytes(key, .analysis).flatMap({ PixelBlock(bytes: $0) }) {
      block = kept
    } else {
      counts.withLock { $0.analyses += 1 }
      block = try look()
      try? store?.keep(block.stored, key, .analysis)
    }
    let isStill = file.times.count == 1
    let asset = PictureAsset(
      file, still: isStill ? block : nil, colors: PictureColors.frequent(in: block), toolchain, cancellation)
    return assets.withLock { assets in
      let shared = assets[content] ?? asset
      assets[content] = shared
      return shared.facts
    }
  }

  /// Precondition: a picture with that content was opened.
  func asset(_ content: PictureContent) -> PictureAsset {
    guard let asset = assets.withLock({ $0[content] }) else { preconditionFailure("a picture was not opened") }
    return asset
  }

  /// A small one, for its colours.
  private static func firstFrame(
    of file: PictureFile, _ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) -> PixelBlock {
    let (width, height) = (160, max(1, 160 * file.height / file.width))
    let decoder = try PictureDecoder(file, media, from: 0, width: width, height: height, toolchain, cancellation)
    guard let block = try decoder.next() else { throw .notAPicture(media.path, "it holds none") }
    return block
  }

  private static func key(_ content: ContentHash) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed("picture")
    // Changes whenever the same file gives other pixels.
    hasher.feed(1)
    hasher.feed(content)
    return hasher.finish()
  }
}

extension PixelBlock {
  /// Width and height in four bytes each, then the pixels.
  fileprivate var stored: [UInt8] {
    [width, height].flatMap { size in (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } } + bytes
  }

  fileprivate init?(bytes: [UInt8]) {
    guard bytes.count > 8 else { return nil }
    let sizes = [0, 4].map { start in (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) } }
    guard (1...8192).contains(sizes[0]), (1...8192).contains(sizes[1]), bytes.count == 8 + 4 * sizes[0] * sizes[1]
    else { return nil }
    self.init(width: sizes[0], height: sizes[1], bytes: Array(bytes[8...]))
  }
}
