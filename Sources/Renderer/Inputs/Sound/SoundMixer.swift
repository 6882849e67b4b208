import SceneLang

/// The files of a mix, opened.
struct OpenedMix: Sendable {
  var tracks: [(track: AudioTrack, media: MediaFile)]
  var loudness: Double?

  /// Three hours of uncompressed sound fit; whoever has more can compress it.
  private static let mostBytes = 4 << 30

  /// Throws a failure of kind `asset` for what is no regular file, and for files that are cut off or of more than 4 GiB.
  init(_ mix: SoundMix) throws(BuildFailure) {
    var media: [MediaFile] = []
    for track in mix.tracks { media.append(try MediaFile(path: track.path)) }
    try self.init(mix, media: media)
  }

  init(_ mix: SoundMix, media: [MediaFile]) throws(BuildFailure) {
    for file in media {
      guard file.descriptor.size <= Self.mostBytes else {
        throw BuildFailure(.asset, "`\(file.path)` is larger than the 4 GiB that a sound file may have")
      }
      try file.checkIsWhole()
    }
    tracks = Array(zip(mix.tracks, media))
    loudness = mix.loudness
  }

  /// What `read` makes of the files, as of `MediaFile`.
  func reading<Value>(_ read: () throws(BuildFailure) -> Value) throws(BuildFailure) -> Value {
    func checkVersions() throws(BuildFailure) {
      for (_, media) in tracks { try media.checkVersion(media.version) }
    }
    do {
      let value = try read()
      try checkVersions()
      return value
    } catch {
      try checkVersions()
      throw error
    }
  }

  /// Everything that decides the samples: what the files hold and how they are mixed.
  func contentHash() throws(BuildFailure) -> ContentHash {
    var hasher = ContentHasher()
    hasher.feed(tracks.count)
    for (track, media) in tracks {
      hasher.feed(try media.contentHash())
      for number in [track.start, track.from, track.gain, track.fadeIn, track.fadeOut, track.duck] {
        hasher.feed(number)
      }
      hasher.feed(track.to) { $0.feed($1) }
    }
    hasher.feed(loudness) { $0.feed($1) }
    return hasher.finish()
  }
}

/// Mixes tracks a block at a time. While a track with `duck` sounds, the others sink to that share.
final class SoundMixer {
  private let format: SoundFormat
  private var voices: [Voice]
  /// Samples of each channel in a block.
  static let blockSize = 1 << 13

  private final class Voice {
    let stream: SoundStream
    let duck: Double
    /// The level that it leaves to the others, sample by sample.
    var left: [Double]
    /// Where that level stands.
    var level = 1.0
    let samples: UnsafeMutablePointer<Float>
    var count = 0

    init(_ stream: SoundStream, duck: Double, channels: Int) {
      self.stream = stream
      self.duck = duck
      left = duck < 1 ? Array(repeating: 1, count: SoundMixer.blockSize) : []
      samples = .allocate(capacity: SoundMixer.blockSize * channels)
    }

    deinit { samples.deallocate() }
  }

  /// `end`: seconds of the video after which nothing is heard; nil: as long as the longest track.
  init(
    _ mix: OpenedMix, _ format: SoundFormat, end: Double? = nil, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) {
    self.format = format
    voices = []
    for (track, media) in mix.tracks {
      let stream = try SoundStream(track, media, format, end: end, toolchain, cancellation)
      voices.append(Voice(stream, duck: track.duck, channels: format.channels))
    }
  }

  /// Gives the whole mix to `take` in blocks, channels beside each other.
  func run(_ take: (UnsafeMutableBufferPointer<Float>) throws(BuildFailure) -> Void) throws(BuildFailure) {
    let channels = format.channels
    let out = UnsafeMutableBufferPointer<Float>.allocate(capacity: Self.blockSize * channels)
    defer { out.deallocate() }
    while true {
      var longest = 0
      for voice in voices {
        voice.count = try voice.stream.read(Self.blockSize, into: voice.samples)
        longest = max(longest, voice.count)
      }
      for voice in voices where voice.duck < 1 { listen(to: voice) }
      out.update(repeating: 0)
      for voice in voices {
        let others = voices.filter { $0 !== voice && $0.duck < 1 }
        for index in 0..<voice.count {
          let level = others.reduce(1) { $0 * $1.left[index] }
          for place in index * channels..<(index + 1) * channels { out[place] += voice.samples[place] * Float(level) }
        }
      }
      try take(UnsafeMutableBufferPointer(rebasing: out[..<(longest * channels)]))
      if longest < Self.blockSize { return }
    }
  }

  /// A voice is there above −40 dB; the others sink within a twentieth of a second and come back within half a second.
  private func listen(to voice: Voice) {
    let threshold: Float = 0.01
    let (sinking, rising) = (1 / (0.05 * Double(format.sampleRate)), 1 / (0.5 * Double(format.sampleRate)))
    for index in 0..<Self.blockSize {
      var peak: Float = 0
      if index < voice.count {
        for channel in 0..<format.channels { peak = max(peak, abs(voice.samples[index * format.channels + channel])) }
      }
      if peak > threshold {
        voice.level += (voice.duck - voice.level) * sinking
      } else {
        voice.level += (1 - voice.level) * rising
      }
      voice.left[index] = voice.level
    }
  }
}
