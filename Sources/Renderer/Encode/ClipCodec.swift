import SceneLang

/// How the clips of a build are encoded.
public enum ClipCodec: Sendable, Hashable, CustomStringConvertible {
  /// As the packets of the finished mp4: 4:2:0, BT.709 limited range.
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
    case .final: VideoRows.byteCount(width: format.width, height: format.height)
    case .lossless, .losslessCovered: format.width * storedHeight(format) * 3
    }
  }

  /// Rows of an encoded frame.
  func storedHeight(_ format: PictureFormat) -> Int {
    self == .losslessCovered ? 2 * format.height : format.height
  }

  /// Whether its clips are joined by copying packets.
  public var isFinal: Bool { if case .final = self { true } else { false } }

  /// ffmpeg's name of the encoder.
  var encoder: String { if case .final(let settings) = self { settings.encoder } else { "libx264rgb" } }

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
        "-c:v", settings.encoder, "-pix_fmt", settings.pixelFormat, "-color_range", "tv", "-colorspace", "bt709",
        "-color_primaries", "bt709", "-color_trc", "bt709",
      ] + settings.options
    case .lossless, .losslessCovered:
      [
        "-c:v", "libx264rgb", "-preset", "ultrafast", "-qp", "0", "-pix_fmt", "rgb24", "-x264-params",
        "threads=1:lookahead-threads=1:open-gop=0",
      ]
    }
  }
}

extension Output {
  /// How the clips that it is made of are encoded; `encoder` is that of an mp4.
  public func clipCodec(_ encoder: EncoderSettings) -> ClipCodec {
    if format == .mp4 {
      var settings = encoder
      (settings.codec, settings.bits) = (codec, bits)
      return .final(settings)
    }
    return isTransparent ? .losslessCovered : .lossless
  }
}
