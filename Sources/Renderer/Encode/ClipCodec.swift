import SceneLang

/// How the clips of a build are encoded.
public enum ClipCodec: Sendable, Hashable, CustomStringConvertible {
  /// As the packets of the finished mp4: H.264, yuv420p, BT.709 limited range.
  case final(EncoderSettings)
  /// As what other files are encoded from in one pass: H.264 of the RGB picture itself, without loss.
  case lossless

  public var description: String {
    switch self {
    case .final(let settings): "\(settings)"
    case .lossless: "lossless"
    }
  }

  /// Bytes of a frame as the encoder takes it: planes Y, U and V, or pixels of red, green and blue.
  func frameSize(_ format: PictureFormat) -> Int {
    switch self {
    case .final: format.width * format.height * 3 / 2
    case .lossless: format.width * format.height * 3
    }
  }

  var pixelFormat: String {
    switch self {
    case .final: "yuv420p"
    case .lossless: "rgb24"
    }
  }

  var encoderOptions: [String] {
    switch self {
    case .final(let settings):
      [
        "-c:v", "libx264", "-preset", settings.preset.rawValue, "-crf", "\(settings.crf)", "-pix_fmt", "yuv420p",
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
      ]
    case .lossless: ["-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "rgb24"]
    }
  }
}
