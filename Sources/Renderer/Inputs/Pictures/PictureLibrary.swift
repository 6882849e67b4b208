import SceneLang
import Synchronization

/// The pictures and videos that scenes show, each opened and looked at once: what was found is remembered by the content
/// of the files, in the process and in the cache.
public final class PictureLibrary: Sendable {
  /// Contents name what is read, so that one library serves all scenes of a process.
  public static let shared = PictureLibrary()

  private let assets = Mutex<[PictureContent: PictureAsset]>([:])
  private let looks = Mutex<[ContentHash: PictureLook]>([:])
  private let subjects = Mutex<[SubjectKey: SubjectMask]>([:])
  private let tools = Mutex<Toolchain?>(nil)
  private let counts = Mutex(Counts())

  /// How often files were read.
  struct Counts: Hashable {
    /// Files looked at, not found in the cache.
    var analyses = 0
    /// Subjects looked for, not found in the cache.
    var subjects = 0
    /// Frames of what moves.
    var frames = 0
  }

  public init() {}

  var counted: Counts { counts.withLock { $0 } }

  func count(frames: Int) { counts.withLock { $0.frames += frames } }

  /// ffmpeg, looked for when the first file has to be read: what is in the cache needs none.
  func toolchain(_ cancellation: Cancellation) throws(BuildFailure) -> Toolchain {
    if let known = tools.withLock({ $0 }) { return known }
    let found = try Toolchain.resolve(cancellation)
    tools.withLock { $0 = found }
    return found
  }

  /// Opens a picture file. `first`: seconds of the first frame shown, in which the subject is looked for unless `mask` shows
  /// it, by `detector` if there is one. `cacheFolder`: nil keeps nothing beyond the process.
  ///
  /// Throws a failure of kind `asset` when it is no picture, `missingProgram` when it cannot be decoded for want of ffmpeg.
  public func open(
    _ media: MediaFile, first: Double = 0, mask: MediaFile? = nil, detector: SubjectDetector? = nil,
    cacheFolder: String?, cancellation: Cancellation = .never
  ) throws(BuildFailure) -> PictureFacts {
    let (content, look) = try look(media, cacheFolder, cancellation)
    let file = PictureFile(media, content, look.probe)
    var facts = add(file, look.block, cancellation)
    let shown = file.frame(at: first)
    let key = SubjectKey(content: content, frame: shown, detector: detector?.identity)
    facts.subject = try subject(mask, key, detector, cacheFolder, cancellation) {
      [asset = asset(facts.content)] (size) throws(BuildFailure) in
      if let still = asset.still(width: Double(size), height: Double(size)) { return still }
      return try media.reading { () throws(BuildFailure) in
        try PictureLook.frame(
          shown, of: file, media, width: max(size, 160), try self.toolchain(cancellation), cancellation)
      }
    }
    return facts
  }

  /// Opens stills that are shown one after another, `fps` a second. `paths` and what messages call them.
  public func open(
    paths: [String], names: [String], fps: Double, first: Double = 0, mask: MediaFile? = nil,
    detector: SubjectDetector? = nil, cacheFolder: String?, cancellation: Cancellation = .never
  ) throws(BuildFailure) -> PictureFacts {
    precondition(!paths.isEmpty && paths.count == names.count, "a sequence has stills")
    var hasher = ContentHasher()
    hasher.feed(fps)
    var stills: [PictureFile.Still] = []
    for (path, name) in zip(paths, names) {
      let media = try MediaFile(path: path, name: name)
      try PictureFile.checkSize(media)
      try PictureFile.checkBeginning(media)
      hasher.feed(try media.contentHash())
      stills.append(.init(path: path, name: name, version: media.version))
    }
    let (_, look) = try look(try MediaFile(path: paths[0], name: names[0]), cacheFolder, cancellation)
    let file = PictureFile(
      source: .sequence(stills), content: hasher.finish(), width: look.probe.width,
      height: look.probe.height, times: paths.indices.map { Double($0) / fps }, duration: Double(paths.count) / fps,
      start: 0, hasAlpha: look.probe.hasAlpha)
    var facts = add(file, look.block, cancellation)
    let shown = file.frame(at: first)
    let still = try MediaFile(path: paths[shown], name: names[shown])
    let key = SubjectKey(content: try still.contentHash(), frame: 0, detector: detector?.identity)
    facts.subject = try subject(mask, key, detector, cacheFolder, cancellation) { (_) throws(BuildFailure) in
      try self.look(still, cacheFolder, cancellation).look.block
    }
    return facts
  }

  /// Forgets what was opened, so that files that were written to since are opened anew. Nobody may be rendering.
  public func forget() {
    assets.withLock { $0 = [:] }
    looks.withLock { $0 = [:] }
    subjects.withLock { $0 = [:] }
  }

  /// Precondition: a picture with that content was opened.
  func asset(_ content: PictureContent) -> PictureAsset {
    guard let asset = assets.withLock({ $0[content] }) else { preconditionFailure("a picture was not opened") }
    return asset
  }

  private func add(_ file: PictureFile, _ block: PixelBlock, _ cancellation: Cancellation) -> PictureFacts {
    let content = PictureContent(high: file.content.high, low: file.content.low)
    if let known = assets.withLock({ $0[content] }) { return known.facts }
    let asset = PictureAsset(
      file, still: file.times.count == 1 ? block : nil, colors: PictureColors.frequent(in: block), cancellation)
    return assets.withLock { assets in
      let shared = assets[content] ?? asset
      assets[content] = shared
      return shared.facts
    }
  }

  // MARK: Measuring

  /// What is measured of every frame of an opened picture, each decoded once. Precondition: as for `asset`.
  ///
  /// Throws a failure of kind `asset` when a frame cannot be decoded.
  public func curves(
    of content: PictureContent, cacheFolder: String?
  ) throws(BuildFailure) -> [PictureFeature: SampledCurve] {
    let asset = asset(content)
    var hasher = ContentHasher()
    hasher.feed("picture features")
    hasher.feed(PictureMeter.version)
    hasher.feed(ContentHash(high: content.high, low: content.low))
    let (name, store, times) = (hasher.finish(), Self.store(cacheFolder), asset.file.times)
    let values: [[Float]]
    if let kept = store?.bytes(name, .analysis).flatMap({ Self.values($0, frames: times.count) }) {
      values = kept
    } else {
      counts.withLock { $0.analyses += 1 }
      values = try measured(asset)
      let bytes = values.joined().flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
      try? store?.keep(bytes, name, .analysis)
    }
    return Dictionary(
      uniqueKeysWithValues: zip(PictureFeature.allCases, values).map { ($0, SampledCurve(times: times, values: $1)) })
  }

  private func measured(_ asset: PictureAsset) throws(BuildFailure) -> [[Float]] {
    var meter = PictureMeter()
    let file = asset.file
    let width = min(file.width, PictureMeter.width)
    let height = max(1, width * file.height / file.width)
    if let still = asset.still(width: Double(width), height: Double(height)) {
      meter.measure(still)
    } else {
      let stream = PictureStream(asset, width: width, height: height, library: self)
      for frame in file.times.indices { meter.measure(try stream.block(frame)) }
    }
    return meter.values
  }

  /// Four little-endian bytes for each value, a curve after the other; nil for bytes that are none.
  private static func values(_ bytes: [UInt8], frames: Int) -> [[Float]]? {
    guard bytes.count == 4 * frames * PictureFeature.allCases.count else { return nil }
    return PictureFeature.allCases.indices.map { curve in
      (0..<frames).map { frame in
        let place = 4 * (curve * frames + frame)
        return Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) })
      }
    }
  }

  // MARK: Looking

  private func look(
    _ media: MediaFile, _ cacheFolder: String?, _ cancellation: Cancellation
  ) throws(BuildFailure) -> (content: ContentHash, look: PictureLook) {
    try PictureFile.checkSize(media)
    let content = try media.contentHash()
    if let known = looks.withLock({ $0[content] }) { return (content, known) }
    var hasher = ContentHasher()
    hasher.feed("picture")
    hasher.feed(PictureLook.version)
    hasher.feed(content)
    let (name, store) = (hasher.finish(), Self.store(cacheFolder))
    let look: PictureLook
    if let kept = store?.bytes(name, .analysis).flatMap({ PictureLook(stored: $0) }) {
      look = kept
    } else {
      counts.withLock { $0.analyses += 1 }
      look = try media.reading { () throws(BuildFailure) in
        try PictureLook(media, try toolchain(cancellation), cancellation)
      }
      try? store?.keep(look.stored, name, .analysis)
    }
    looks.withLock { $0[content] = look }
    return (content, look)
  }

  /// A cache that cannot be used only costs the next run time.
  private static func store(_ folder: String?) -> ClipStore? { folder.flatMap { try? ClipStore(folder: $0) } }

  // MARK: Subjects

  /// What a subject is found in.
  private struct SubjectKey: Hashable {
    var content: ContentHash
    var frame: Int
    var isMask = false
    /// Who found it, if not we.
    var detector: ContentHash?
  }

  /// That of `mask` if there is one, else of the block that `decode` gives with so many pixels on its longer side, or about
  /// as many.
  private func subject(
    _ mask: MediaFile?, _ key: SubjectKey, _ detector: SubjectDetector?, _ cacheFolder: String?,
    _ cancellation: Cancellation, decode: (Int) throws(BuildFailure) -> PixelBlock
  ) throws(BuildFailure) -> SubjectMask {
    guard let mask else {
      return try subject(key, cacheFolder) { () throws(BuildFailure) in
        guard let detector else { return SubjectFinder.subject(of: try decode(SubjectFinder.size)) }
        return try detector.subject(of: try decode(SubjectDetector.size), cancellation)
      }
    }
    let given = SubjectKey(content: try mask.contentHash(), frame: 0, isMask: true)
    return try subject(given, cacheFolder) { () throws(BuildFailure) in
      try PictureFile.checkSize(mask)
      let still = try mask.reading { () throws(BuildFailure) in
        try StillDecoder.decode(mask, try self.toolchain(cancellation), cancellation)
      }
      return SubjectFinder.mask(from: still)
    }
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
    hasher.feed(key.detector) { $0.feed($1) }
    let (name, store) = (hasher.finish(), Self.store(cacheFolder))
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
