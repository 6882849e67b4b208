/// How samples are laid out: so many a second, channels beside each other.
struct SoundFormat: Hashable, Sendable {
  var sampleRate: Int
  var channels: Int

  /// What is analysed (CATALOGUE X-26), and what is heard.
  static let analysis = SoundFormat(sampleRate: 22_050, channels: 1)
  static let video = SoundFormat(sampleRate: 48_000, channels: 2)

  /// Samples of each channel in so many seconds, rounded.
  func count(_ seconds: Double) -> Int { Int(seconds * Double(sampleRate) + 0.5) }
}
