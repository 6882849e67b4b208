import SceneLang
import Synchronization

/// Analyses the sounds that scenes listen to, each once: what was found is remembered by the content of the file, in the
/// process and in the cache.
public final class SoundLibrary: Sendable {
  private let cacheFolder: String?
  private let cancellation: Cancellation
  private let known = Mutex<[ContentHash: SoundAnalysis]>([:])

  /// `cacheFolder`: nil keeps nothing beyond the process.
  public init(cacheFolder: String?, cancellation: Cancellation = .never) {
    self.cacheFolder = cacheFolder
    self.cancellation = cancellation
  }

  /// What is found in a mix whose files are opened. `tempo`: beats per minute where they are known.
  ///
  /// Throws a failure of kind `asset` when the file is no sound, `missingProgram` when it cannot be decoded for want of
  /// ffmpeg.
  public func analysis(of mix: SoundMix, _ media: [MediaFile], tempo: Double?) throws(BuildFailure) -> SoundAnalysis {
    var opened = try OpenedMix(mix, media: media)
    // Features are relative: how loud the whole is does not change them.
    opened.loudness = nil
    let key = Self.key(try opened.contentHash(), tempo)
    if let analysis = known.withLock({ $0[key] }) { return analysis }
    // A cache that cannot be used only costs the next run time.
    let store = cacheFolder.flatMap { folder in try? ClipStore(folder: folder) }
    let analysis: SoundAnalysis
    if let kept = store?.bytes(key, .analysis).flatMap({ SoundAnalysis(bytes: $0) }) {
      analysis = kept
    } else {
      analysis = try opened.reading { () throws(BuildFailure) in
        try SoundAnalyzer.analyze(opened, tempo: tempo, try Toolchain.resolve(cancellation), cancellation)
      }
      try? store?.keep(analysis.bytes, key, .analysis)
    }
    known.withLock { $0[key] = analysis }
    return analysis
  }

  private static func key(_ content: ContentHash, _ tempo: Double?) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed("sound analysis")
    hasher.feed(SoundAnalyzer.version)
    hasher.feed(content)
    hasher.feed(tempo) { $0.feed($1) }
    return hasher.finish()
  }
}
