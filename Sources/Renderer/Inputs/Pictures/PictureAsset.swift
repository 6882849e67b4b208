import SceneLang
import Synchronization

/// An input as all workers share it: what is known of it, and the pixels of a still at every size that was asked for.
final class PictureAsset: Sendable {
  let file: PictureFile
  let facts: PictureFacts
  let cancellation: Cancellation
  /// Nil for what moves.
  private let still: PixelBlock?
  private let levels = Mutex<[Level: PixelBlock]>([:])

  private struct Level: Hashable {
    /// How often it was halved.
    var across: Int
    var down: Int
  }

  init(_ file: PictureFile, still: PixelBlock?, colors: [RGB], _ cancellation: Cancellation) {
    self.file = file
    self.still = still
    self.cancellation = cancellation
    let (width, height) = still.map { ($0.width, $0.height) } ?? (file.width, file.height)
    facts = PictureFacts(
      content: PictureContent(high: file.content.high, low: file.content.low), width: width, height: height,
      frameCount: file.times.count, duration: still == nil ? file.duration : 0, colors: colors,
      isFilm: file.isFilm, hasAlpha: file.hasAlpha)
  }

  /// The still near the size that is asked for, each size made once. Nil for what moves.
  func still(width: Double, height: Double) -> PixelBlock? {
    guard let still else { return nil }
    let level = Level(across: Self.halvings(still.width, to: width), down: Self.halvings(still.height, to: height))
    return levels.withLock { levels in
      if let known = levels[level] { return known }
      var block = still
      for step in 0..<max(level.across, level.down) {
        block = block.halved(across: step < level.across, down: step < level.down)
      }
      levels[level] = block
      return block
    }
  }

  /// How often `size` is halved to come as near to `wanted` as it can.
  private static func halvings(_ size: Int, to wanted: Double) -> Int {
    var (size, count) = (Double(size), 0)
    // √2: the middle between two sizes on the scale of ratios.
    while size > max(wanted, 1) * 1.4142 {
      size /= 2
      count += 1
    }
    return count
  }
}
