import SceneLang

/// One track as it is heard from the beginning of the video on: silence before it, its part of the file, gain and fades.
final class SoundStream {
  private let decoder: SoundDecoder
  private let channels: Int
  private let gain: Float
  /// In samples of each channel: silence before, what of the file to pass over, what of it is left to hear, fades.
  private var silence: Int
  private var skipped: Int
  private var left: Int
  private let fadeIn: Int
  private let fadeOut: Int
  /// Decoded and not yet heard: while the end is unknown always as much as it takes to fade out.
  private var pending: [Float] = []
  private var isDecoded = false
  private var position = 0
  private let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1 << 15)

  /// `end`: seconds of the video after which nothing is heard; nil: as long as the track.
  init(
    _ track: AudioTrack, _ media: MediaFile, _ format: SoundFormat, end: Double?, _ toolchain: Toolchain,
    _ cancellation: Cancellation
  ) throws(BuildFailure) {
    decoder = try SoundDecoder(media, format, toolchain, cancellation)
    channels = format.channels
    gain = Float(track.gain)
    let (start, from) = (format.count(track.start), format.count(track.from))
    (silence, skipped) = (start, from)
    let length = track.to.map { format.count($0) - from } ?? .max
    left = max(0, min(length, end.map { format.count($0) - start } ?? .max))
    (fadeIn, fadeOut) = (format.count(track.fadeIn), format.count(track.fadeOut))
  }

  deinit { block.deallocate() }

  /// Writes up to `count` samples of each channel and gives how many: fewer only at the end of the track.
  func read(_ count: Int, into out: UnsafeMutablePointer<Float>) throws(BuildFailure) -> Int {
    let quiet = min(count, silence)
    out.update(repeating: 0, count: quiet * channels)
    silence -= quiet
    while !isDecoded && pending.count < (count - quiet + fadeOut) * channels { try decode() }
    let ready = pending.count / channels
    let heard = min(count - quiet, isDecoded ? ready : ready - fadeOut)
    for index in 0..<heard {
      let scale = gain * level(at: position + index, before: isDecoded ? ready - index : .max)
      for channel in 0..<channels {
        out[(quiet + index) * channels + channel] = scale * pending[index * channels + channel]
      }
    }
    pending.removeFirst(heard * channels)
    position += heard
    return quiet + heard
  }

  /// The fades' level of the sample `position` of the track, with `rest` samples still to come, itself among them.
  private func level(at position: Int, before rest: Int) -> Float {
    var level: Float = 1
    if position < fadeIn { level = Float(position) / Float(fadeIn) }
    if rest <= fadeOut { level *= Float(rest) / Float(fadeOut + 1) }
    return level
  }

  private func decode() throws(BuildFailure) {
    let decoded = try decoder.read(into: block)
    let passed = min(skipped, decoded / channels)
    let taken = min(left, decoded / channels - passed)
    skipped -= passed
    left -= taken
    pending.append(contentsOf: block[passed * channels..<(passed + taken) * channels])
    isDecoded = decoded < block.count || left == 0
  }
}
