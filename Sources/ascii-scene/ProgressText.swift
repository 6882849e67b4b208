import Renderer

/// The words and the bar that show how far a build is.
struct ProgressText {
  private static let barWidth = 24

  let progress: BuildProgress
  /// Since rendering began.
  let elapsed: Duration

  /// Frames per second of all workers; nil until it can be told.
  var rate: Double? {
    let seconds = elapsed / .seconds(1)
    return progress.renderedFrames > 0 && seconds > 0.2 ? Double(progress.renderedFrames) / seconds : nil
  }

  /// Seconds until the last clip is rendered: what the busiest worker has to do, at the workers' mean speed. So the last
  /// clip, which one worker renders while the others have nothing left, is not promised at the speed of all.
  var remaining: Double? { rate.map { Double(progress.longestShare * progress.workers) / $0 } }

  /// `rendering 5 clips (1200 frames) with 2 workers in 3 rounds`
  var heading: String {
    "rendering \(Self.count(progress.clips, "clip")) (\(Self.count(progress.frames, "frame"))) with "
      + "\(Self.count(progress.workers, "worker")) in \(Self.count(progress.rounds, "round"))"
  }

  /// `[######------] 120/480 frames  25%  48.2 fps  ETA 0:07  clips 1/4  2 workers, 2 rounds`, without what stands last,
  /// then without the bar, as far as it takes to be narrower than so many characters.
  func bar(narrowerThan columns: Int) -> String {
    switch progress.step {
    case .joining: return "joining clips"
    case .verifying: return "verifying"
    case .rendering, .encoding: break
    }
    let (done, all) = (min(progress.renderedFrames, progress.frames), max(1, progress.frames))
    let filled = Self.barWidth * done / all
    let bar = "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: Self.barWidth - filled) + "] "
    var parts = ["\(done)/\(progress.frames) frames", "\(100 * done / all)%"]
    if progress.step == .encoding {
      parts.append("encoding")
    } else {
      if let rate, let remaining { parts.append("\(Self.decimal(rate)) fps  ETA \(Self.clock(remaining))") }
      parts.append("clips \(progress.finishedClips)/\(progress.clips)")
      parts.append("\(Self.count(progress.workers, "worker")), \(Self.count(progress.rounds, "round"))")
    }
    while parts.count > 2, bar.count + parts.joined(separator: "  ").count >= columns { parts.removeLast() }
    let text = parts.joined(separator: "  ")
    return String((bar.count + text.count < columns ? bar + text : text).prefix(max(0, columns - 1)))
  }

  /// `clip 1/4 done: 120/480 frames, 48.2 fps, ETA 0:07`
  var line: String {
    let rate = rate.map { ", \(Self.decimal($0)) fps" } ?? ""
    let rest = progress.longestShare > 0 ? remaining.map { ", ETA \(Self.clock($0))" } ?? "" : ""
    return "clip \(progress.finishedClips)/\(progress.clips) done: "
      + "\(progress.renderedFrames)/\(progress.frames) frames\(rate)\(rest)"
  }

  /// `encoding 480 frames`
  var encodingLine: String { "encoding \(Self.count(progress.frames, "frame"))" }

  /// `1 clip`, `2 clips`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

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
