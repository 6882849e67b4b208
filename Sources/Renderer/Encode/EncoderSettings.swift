import SceneLang

/// How an mp4 is encoded, and trades time for size. Every clip of a video is encoded with the same settings.
public struct EncoderSettings: Sendable, Hashable, CustomStringConvertible {
  public enum Preset: String, Sendable, Hashable, CaseIterable {
    case ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow
  }

  /// Constant rate factors as libx264 counts them for 8-bit pictures; lower is better and larger.
  public static let crfRange = 0...51

  public var preset: Preset
  public var crf: Int
  public var codec = Output.Codec.h264
  /// 8 or 10.
  public var bits = 8

  /// Precondition: `crf` in `crfRange`.
  public init(preset: Preset, crf: Int) {
    precondition(Self.crfRange.contains(crf), "a crf is in \(Self.crfRange): \(crf)")
    self.preset = preset
    self.crf = crf
  }

  /// `superfast crf 20`, `superfast crf 20 hevc 10 bit`
  public var description: String {
    "\(preset.rawValue) crf \(crf)" + (codec == .h264 ? "" : " \(codec.rawValue)") + (bits == 8 ? "" : " \(bits) bit")
  }

  /// ffmpeg's name of the encoder.
  var encoder: String {
    switch codec {
    case .h264: "libx264"
    case .hevc: "libx265"
    case .av1: "libsvtav1"
    }
  }

  /// As ffmpeg calls it.
  var pixelFormat: String { bits == 8 ? "yuv420p" : "yuv420p10le" }

  /// Groups of pictures that stand for themselves: clips are encoded beside each other, and joined.
  ///
  /// 20 of H.264 becomes 22 of HEVC and 26 of AV1, which counts to 63: the SSIM of a picture full of glyphs is then 0.01 to
  /// 0.015 lower and the file half as large (7 s of plasma and tunnel, 320 × 180). SVT-AV1's presets run from 13, the
  /// fastest, to 0.
  var options: [String] {
    switch codec {
    case .h264:
      [
        "-preset", preset.rawValue, "-crf", "\(crf)", "-x264-params",
        "threads=1:lookahead-threads=1:open-gop=0",
      ]
    case .hevc:
      [
        "-preset", preset.rawValue, "-crf", "\(min(crf + 2, 51))", "-tag:v", "hvc1", "-x265-params",
        "pools=none:frame-threads=1:wpp=0:open-gop=0:info=0:log-level=error",
      ]
    case .av1:
      [
        "-preset", "\(11 - Preset.allCases.firstIndex(of: preset)!)", "-crf", "\(crf * 4 / 3)", "-svtav1-params",
        "lp=1",
      ]
    }
  }
}
