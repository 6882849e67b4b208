import SceneLang

/// Finds where nothing is heard.
struct SilenceMeter {
  /// Seconds of quiet that are told.
  static let shortest = 2.0
  /// Root mean square over a window, −60 dB below full scale.
  private static let threshold = 0.001
  /// Seconds.
  private static let window = 0.05

  /// Seconds, ascending.
  private(set) var runs: [Range<Double>] = []

  /// Decodes all of a file's sound.
  ///
  /// Throws a failure of kind `asset` when there is none that can be read.
  init(_ media: MediaFile, _ toolchain: Toolchain, _ cancellation: Cancellation) throws(BuildFailure) {
    let format = SoundFormat.analysis
    let decoder = try SoundDecoder(media, format, toolchain, cancellation)
    let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: format.count(Self.window))
    defer { samples.deallocate() }
    var (windows, start): (Int, Int?) = (0, nil)
    while true {
      let count = try decoder.read(into: samples)
      let isQuiet = Self.isQuiet(UnsafeMutableBufferPointer(rebasing: samples[..<count]))
      if count == samples.count, isQuiet {
        start = start ?? windows
      } else if let begin = start {
        close(begin..<windows)
        start = nil
      }
      guard count == samples.count else { return }
      windows += 1
    }
  }

  private mutating func close(_ windows: Range<Int>) {
    let run = Double(windows.lowerBound) * Self.window..<Double(windows.upperBound) * Self.window
    if run.upperBound - run.lowerBound >= Self.shortest - 1e-9 { runs.append(run) }
  }

  private static func isQuiet(_ samples: UnsafeMutableBufferPointer<Float>) -> Bool {
    var sum = 0.0
    for sample in samples { sum += Double(sample) * Double(sample) }
    return sum < threshold * threshold * Double(max(1, samples.count))
  }
}
