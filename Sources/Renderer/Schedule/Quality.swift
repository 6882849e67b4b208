import SceneLang

/// The named trades of speed for quality (CATALOGUE S-05 to S-09 as corrected by X-27). They scale pixels only: the
/// composition, the cells and the shaders are the same in all of them.
public enum Quality: String, Sendable, Hashable, CaseIterable {
  case draft, preview, production, max
  /// As good as the machine allows in reasonable time. Other machines make other pictures of it.
  case auto

  /// What it means on `machine`, which only `auto` asks for (S-09).
  public func settings(on machine: @autoclosure () -> Machine) -> QualitySettings {
    switch self {
    case .draft: .draft
    case .preview: .preview
    case .production: .production
    case .max: .max
    case .auto: machine().isSmall ? .smallMachine : .production
    }
  }
}

/// What a quality decides, unless the scene or the command line says otherwise.
public struct QualitySettings: Sendable, Hashable {
  /// Pixels of the picture's shorter side.
  public var shorterSide: Int
  public var fps: FrameRate
  public var encoder: EncoderSettings
  /// What the caps of particle systems are multiplied by (S-32: low, standard, high).
  public var particleScale: Double

  public static let draft = Self(540, fps: 12, .ultrafast, crf: 28, particles: 1.0 / 3)
  public static let preview = Self(720, fps: 15, .ultrafast, crf: 25)
  /// At superfast: at crf 20 on glyphs it reaches the size of slower presets in half their time.
  public static let production = Self(1080, fps: 24, .superfast, crf: 20)
  public static let max = Self(2160, fps: 30, .fast, crf: 15, particles: 2.25)
  /// S-09: for machines of up to two cores or less than 4 GB.
  public static let smallMachine = Self(720, fps: 15, .superfast, crf: 23)
  /// S-10: for videos that would take more than an hour to build.
  public static let longVideo = Self(720, fps: 24, .superfast, crf: 20)

  /// S-10: whether a video of so many seconds is taken to need more than an hour, by 0.18 s for each of 24 frames a second.
  public static func isLong(_ seconds: Double, workers: Int) -> Bool {
    seconds * 24 * 0.18 / Double(workers) > 3600
  }

  private init(
    _ shorterSide: Int, fps: Int, _ preset: EncoderSettings.Preset, crf: Int, particles: Double = 1
  ) {
    self.shorterSide = shorterSide
    self.fps = FrameRate(fps)
    encoder = EncoderSettings(preset: preset, crf: crf)
    particleScale = particles
  }
}

extension Machine {
  fileprivate var isSmall: Bool { cores <= 2 || memory < 4_000_000_000 }
}
