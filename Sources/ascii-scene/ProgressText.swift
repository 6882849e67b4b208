import Renderer

/// The words and the bar that show how far a build is.
struct ProgressText {
  private static let barWidth = 24

  let progress: BuildProgress
  /// Since the build began.
  let elapsed: Duration

  /// Frames per second of build; nil until it can be told.
  var rate: Double? {
    let seconds = elapsed / .seconds(1)
    return progress.renderedFrames > 0 && seconds > 0.2 ? Double(progress.renderedFrames) / seconds : nil
  }

  /// `[######------] 120/480 frames  25%  48.2 fps  ETA 0:07  clips 1/4`
  var bar: String {
    switch progress.step {
    case .joining: return "joining clips"
    case .verifying: return "verifying"
    case .rendering: break
    }
    let (done, all) = (progress.renderedFrames, max(1, progress.frames))
    let filled = Self.barWidth * done / all
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: Self.barWidth - filled)
    var text = "[\(bar)] \(done)/\(progress.frames) frames  \(100 * done / all)%"
    if let rate {
      text += "  \(Self.decimal(rate)) fps  ETA \(Self.clock(Double(progress.frames - done) / rate))"
    }
    return text + "  clips \(progress.finishedClips)/\(progress.clips)"
  }

  /// `clip 1/4 done: 120/480 frames, 48.2 fps`
  var line: String {
    let rate = rate.map { ", \(Self.decimal($0)) fps" } ?? ""
    return "clip \(progress.finishedClips)/\(progress.clips) done: "
      + "\(progress.renderedFrames)/\(progress.frames) frames\(rate)"
  }

  /// With one digit after the point.
  static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// `m:ss` or `h:mm:ss`, rounded up.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
