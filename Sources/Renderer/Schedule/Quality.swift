import SceneLang

/// The named trades of speed for quality (CATALOGUE S-05 to S-08 as corrected by X-27). A preset scales pixels only: the
/// composition, the cells and the shaders are the same in all of them.
public enum Quality: String, Sendable, Hashable, CaseIterable {
  case draft, preview, production, max

  /// Pixels of the picture's shorter side, unless the scene or the command line gives a size.
  public var shorterSide: Int {
    switch self {
    case .draft: 540
    case .preview: 720
    case .production: 1080
    case .max: 2160
    }
  }

  /// Unless the scene or the command line gives one.
  public var fps: FrameRate {
    switch self {
    case .draft: FrameRate(12)
    case .preview: FrameRate(15)
    case .production: FrameRate(24)
    case .max: FrameRate(30)
    }
  }

  /// Production stays at superfast: at crf 20 on glyphs it reaches the size of slower presets in half their time.
  public var encoder: EncoderSettings {
    switch self {
    case .draft: EncoderSettings(preset: .ultrafast, crf: 28)
    case .preview: EncoderSettings(preset: .ultrafast, crf: 25)
    case .production: EncoderSettings(preset: .superfast, crf: 20)
    case .max: EncoderSettings(preset: .fast, crf: 15)
    }
  }
}
