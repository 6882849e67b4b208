import SceneLang
import Synchronization

/// The pictures and videos that scenes show, each opened and looked at once: what was found is remembered by the content
/// of the files, in the process and in the cache.
public final class PictureLibrary: Sendable {
  /// Contents name what is read, so that one library serves all scenes of a process.
  public static let shared = PictureLibrary()

  private let assets = Mutex<[PictureContent: PictureAsset]>([:])
  private let subjects = Mutex<[SubjectKey: SubjectMask]>([:])
  private let counts = Mutex(Counts())

  /// How often files were read.
  struct Counts: Hashable {
    /// Files looked at and stills decoded, not found in the cache.
    var analyses = 0
    /// Subjects looked for, not found in the cache.
    var subjects = 0
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
    _ media: MediaFile, first: Double = 0, mask: MediaFile? = nil, cacheFolder: String?,
    cancellation: Cancellation = .never
  ) throws(BuildFailure) -> PictureFacts {
    let toolchain = try Toolchain.resolve(cancellation)
    let file = try PictureFile(media, toolchain, cancellation)
    var facts = try add(file, cacheFolder, toolchain, cancellation) { () throws(BuildFailure) in
      if file.times.count == 1 { return try StillDecoder.decode(media, toolchain, cancellation) }
      return try Self.frame(0, of: file, media, toolchain, cancellation)
    }
    let shown = file.frame(at: first)
    if let mask {
      let given = SubjectKey(content: try mask.contentHash(), frame: 0, isMask: true)
      facts.subject = try subject(given, cacheFolder) { () throws(BuildFailure) in
        SubjectFinder.mask(from: try StillDecoder.decode(mask, toolchain, cancellation))
      }
    } else {
      let own = SubjectKey(content: file.content, frame: shown, isMask: false)
      let asset = asset(facts.content)
      facts.subject = try subject(own, cacheFolder) { () throws(BuildFailure) in
        if let still = asset.still(width: 96, height: 96) { return SubjectFinder.subject(of: still) }
        return SubjectFinder.subject(of: try Self.frame(shown, of: file, media, toolchain, cancellation))
      }
    }
    return facts
  }

  /// What a subject is found in.
  private struct SubjectKey: Hashable {
    var content: ContentHash
    var frame: Int
    var isMask: Bool
  }

  private func subject(
    _ key: SubjectKey, _ cacheFolder: String?, find: () throws(BuildFailure) -> SubjectMask
  ) throws(BuildFailure) -> SubjectMask {
    if let known = subjects.withLock({ $0[key] }) { return known }
    var hasher = ContentHasher()
    hasher.feed("subject")
    hasher.feed(SubjectFinder.version)
    hasher.feed(key.content)
    hasher.feed(key.frame)
    hasher.feed(key.isMask)
    let (name, store) = (hasher.finish(), cacheFolder.flatMap { folder in try? ClipStore(folder: folder) })
    let mask: SubjectMask
    if let kept = store?.bytes(name, .analysis).flatMap({ SubjectMask(stored: $0) }) {
      mask = kept
    } else {
      counts.withLock { $0.subjects += 1 }
      mask = try find()
      try? store?.keep(mask.stored, name, .analysis)
    }
    subjects.withLock { $0[key] = mask }
    return mask
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

  /// A small one, for its colours and its subject.
  private static func frame(
    _ frame: Int, of file: PictureFile, _ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) -> PixelBlock {
    let (width, height) = (160, max(1, 160 * file.height / file.width))
    let decoder = try PictureDecoder(file, media, from: frame, width: width, height: height, toolchain, cancellation)
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

extension SubjectMask {
  /// Columns and rows in a byte each, then the levels.
  fileprivate var stored: [UInt8] { [UInt8(columns), UInt8(rows)] + levels }

  fileprivate init?(stored: [UInt8]) {
    guard stored.count > 2, stored[0] > 0, stored[1] > 0, stored.count == 2 + Int(stored[0]) * Int(stored[1]) else {
      return nil
    }
    self.init(columns: Int(stored[0]), rows: Int(stored[1]), levels: Array(stored[2...]))
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
