import SceneLang

/// How the clips of a build are encoded.
public enum ClipCodec: Sendable, Hashable, CustomStringConvertible {
  /// As the packets of the finished mp4: H.264, yuv420p, BT.709 limited range.
  case final(EncoderSettings)
  /// As what other files are encoded from in one pass: H.264 of the RGB picture itself, without loss.
  case lossless
  /// The same with what the picture covers, as a grey picture below it.
  case losslessCovered

  public var description: String {
    switch self {
    case .final(let settings): "\(settings)"
    case .lossless: "lossless"
    case .losslessCovered: "lossless covered"
    }
  }

  /// Bytes of a frame as the encoder takes it: planes Y, U and V, or pixels of red, green and blue.
  func frameSize(_ format: PictureFormat) -> Int {
    switch self {
    case .final: format.width * format.height * 3 / 2
    case .lossless, .losslessCovered: format.width * storedHeight(format) * 3
    }
  }

  /// Rows of an encoded frame.
  func storedHeight(_ format: PictureFormat) -> Int {
    self == .losslessCovered ? 2 * format.height : format.height
  }

  var pixelFormat: String {
    switch self {
    case .final: "yuv420p"
    case .lossless, .losslessCovered: "rgb24"
    }
  }

  var encoderOptions: [String] {
    switch self {
    case .final(let settings):
      [
        "-c:v", "libx264", "-preset", settings.preset.rawValue, "-crf", "\(settings.crf)", "-pix_fmt", "yuv420p",
        "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
      ]
    case .lossless, .losslessCovered:
      ["-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "rgb24"]
    }
  }
}

extension Output {
  /// How the clips that it is made of are encoded; `encoder` is that of an mp4.
  public func clipCodec(_ encoder: EncoderSettings) -> ClipCodec {
    if format == .mp4 { return .final(encoder) }
    return isTransparent ? .losslessCovered : .lossless
  }
}
