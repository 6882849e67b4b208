import SceneLang

/// What is measured of a sound frame by frame, before anything is smoothed or scaled (CATALOGUE I-2 to I-4 and X-26).
///
/// Frame k is centred on sample k · `hop`; before the first sample and after the last there is silence.
struct SpectralFrames {
  static let hop = 512
  static let window = 2 * hop
  static let rate = Double(SoundFormat.analysis.sampleRate) / Double(hop)
  /// Lowest and highest frequency of each band in Hz: sub, bass, lomid, mid, himid, hi.
  static let bandEdges: [Double] = [20, 80, 250, 500, 2000, 6000, .infinity]
  static let bandCount = bandEdges.count - 1

  /// Samples in all.
  var sampleCount = 0
  /// √mean(x²) of the window's samples.
  var rms: [Double] = []
  /// √mean(magnitude²) of each band, frame by frame.
  var bands: [Double] = []
  /// Σ f·m / Σ m in Hz, 0 in silence.
  var centroid: [Double] = []
  /// Geometric by arithmetic mean of the magnitudes, none of them less than a thousandth of their mean; 0 in silence.
  var flatness: [Double] = []
  /// Σ max(0, rise of the magnitude since the frame before).
  var flux: [Double] = []
  /// `LogBands.count` levels per frame.
  var logBands: [Float] = []
  /// The mean of each `waveStep` samples, −32767…32767 for −1…1: the sound up to 2.7 kHz, to be drawn.
  var wave: [Int16] = []
  static let waveStep = 4

  var count: Int { rms.count }
}

/// Makes `SpectralFrames` of samples that arrive in blocks of any size; keeps one window of them.
final class SpectralAnalyzer {
  private(set) var frames = SpectralFrames()
  private let transform = FourierTransform(size: SpectralFrames.window)
  private let logBands = LogBands()
  private let weights: [Float]
  /// First and last bin of each band.
  private let bandBins: [Range<Int>]
  /// The window of the next frame; its first `filled` samples are there.
  private var samples: [Float]
  private var filled: Int
  private var windowed: [Float]
  private var magnitudes: [Float]
  private var before: [Float]
  private var waveSum: Float = 0

  init() {
    let size = SpectralFrames.window
    // Hann's window, periodic.
    weights = (0..<size).map { 0.5 - 0.5 * Float(ScalarMath.cos(2 * .pi * Double($0) / Double(size))) }
    let edges = SpectralFrames.bandEdges
    let bins = size / 2 + 1
    bandBins = zip(edges, edges.dropFirst()).map { low, high in
      let bin = { (edge: Double) in min(Int(ScalarMath.ceil(min(edge / Self.binWidth, 1e6))), bins) }
      return bin(low)..<bin(high)
    }
    samples = Array(repeating: 0, count: size)
    // The first frame is centred on the first sample.
    filled = size / 2
    windowed = samples
    magnitudes = Array(repeating: 0, count: bins)
    before = magnitudes
  }

  private static let binWidth = Double(SoundFormat.analysis.sampleRate) / Double(SpectralFrames.window)

  func take(_ block: UnsafeBufferPointer<Float>) {
    for sample in block {
      waveSum += sample
      frames.sampleCount += 1
      guard frames.sampleCount.isMultiple(of: SpectralFrames.waveStep) else { continue }
      frames.wave.append(Int16(max(-1, min(waveSum / Float(SpectralFrames.waveStep), 1)) * 32767))
      waveSum = 0
    }
    fill(block)
  }

  /// The frames of all that was taken: as many as begin before the end of the sound.
  func finish() -> SpectralFrames {
    let wanted = (frames.sampleCount + SpectralFrames.hop - 1) / SpectralFrames.hop
    let silence = [Float](repeating: 0, count: SpectralFrames.hop)
    while frames.count < wanted { silence.withUnsafeBufferPointer { fill($0) } }
    return frames
  }

  private func fill(_ block: UnsafeBufferPointer<Float>) {
    var taken = 0
    while taken < block.count {
      let count = min(block.count - taken, samples.count - filled)
      for index in 0..<count { samples[filled + index] = block[taken + index] }
      filled += count
      taken += count
      guard filled == samples.count else { break }
      addFrame()
      // The second half is the first of the next window.
      for index in 0..<SpectralFrames.hop { samples[index] = samples[index + SpectralFrames.hop] }
      filled = SpectralFrames.hop
    }
  }

  private func addFrame() {
    samples.withUnsafeBufferPointer { samples in
      windowed.withUnsafeMutableBufferPointer { windowed in
        magnitudes.withUnsafeMutableBufferPointer { magnitudes in
          before.withUnsafeMutableBufferPointer { before in
            var energy = 0.0
            for index in 0..<samples.count {
              energy += Double(samples[index] * samples[index])
              windowed[index] = samples[index] * weights[index]
            }
            frames.rms.append((energy / Double(samples.count)).squareRoot())
            transform.magnitudes(of: windowed.baseAddress!, into: magnitudes.baseAddress!)
            measure(UnsafeBufferPointer(magnitudes), UnsafeBufferPointer(before))
          }
        }
      }
    }
    swap(&magnitudes, &before)
  }

  private func measure(_ magnitudes: UnsafeBufferPointer<Float>, _ before: UnsafeBufferPointer<Float>) {
    for bins in bandBins {
      var energy = 0.0
      for bin in bins { energy += Double(magnitudes[bin]) * Double(magnitudes[bin]) }
      frames.bands.append((energy / Double(max(bins.count, 1))).squareRoot())
    }
    var (sum, moment, rise) = (0.0, 0.0, 0.0)
    for bin in magnitudes.indices {
      let magnitude = Double(magnitudes[bin])
      sum += magnitude
      moment += magnitude * Double(bin)
      rise += max(0, magnitude - Double(before[bin]))
    }
    let isSilent = sum < Self.silence
    frames.centroid.append(isSilent ? 0 : moment / sum * Self.binWidth)
    let mean = sum / Double(magnitudes.count)
    frames.flatness.append(isSilent ? 0 : geometricMean(magnitudes, atLeast: Self.floor * mean) / mean)
    // Nothing came before the first window: counted from silence it would outshine all others.
    frames.flux.append(frames.flux.isEmpty ? 0 : rise)
    logBands.append(magnitudes, to: &frames.logBands)
  }

  /// The sum of all magnitudes below which there is nothing to be heard: less than the noise of 24 bits.
  private static let silence = 1e-3

  /// What lies 60 dB below the mean is the rounding of decoders and transforms.
  private static let floor = 1e-3

  /// Logarithms are taken of products: one for sixteen magnitudes.
  private func geometricMean(_ magnitudes: UnsafeBufferPointer<Float>, atLeast floor: Double) -> Double {
    var sum = 0.0
    var product = 1.0
    for bin in magnitudes.indices {
      product *= max(Double(magnitudes[bin]), floor)
      if bin & 15 == 15 {
        sum += ScalarMath.log(product)
        product = 1
      }
    }
    sum += ScalarMath.log(product)
    return ScalarMath.exp(sum / Double(magnitudes.count))
  }
}
