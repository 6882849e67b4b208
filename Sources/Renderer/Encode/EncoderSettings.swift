/// How libx264 trades time for size. Every clip of a video is encoded with the same settings.
public struct EncoderSettings: Sendable, Hashable, CustomStringConvertible {
  public enum Preset: String, Sendable, Hashable, CaseIterable {
    case ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow
  }

  /// Constant rate factors that libx264 takes for 8-bit pictures; lower is better and larger.
  public static let crfRange = 0...51

  public var preset: Preset
  public var crf: Int

  /// Precondition: `crf` in `crfRange`.
  public init(preset: Preset, crf: Int) {
    precondition(Self.crfRange.contains(crf), "a crf is in \(Self.crfRange): \(crf)")
    self.preset = preset
    self.crf = crf
  }

  /// `superfast crf 20`
  public var description: String { "\(preset.rawValue) crf \(crf)" }
}
