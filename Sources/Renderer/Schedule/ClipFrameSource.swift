/// Renders the frames of one clip; made, used and dropped by one worker.
public protocol ClipFrameSource: AnyObject {
  /// Writes frame `frame` of the whole video to `yuv`: planes Y, U, V of 4:2:0, BT.709 limited range, without gaps
  /// (width · height · 3/2 bytes). Frames are asked for in order, each of the clip's once (and by one of those that share it).
  func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>) throws

  /// Writes frame `frame` to `rgb` as it is before that: red, green and blue of one pixel after the other, sRGB (width ·
  /// height · 3 bytes). Frames are asked for as of `renderFrame`.
  func renderColors(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) throws

  /// Both at once, rendered once.
  func renderFrame(_ frame: Int, into yuv: UnsafeMutablePointer<UInt8>, colors rgb: UnsafeMutablePointer<UInt8>) throws

  /// Writes frame `frame` to `rgb` as it is with nothing behind it: straight colors as of `renderColors`, and after them
  /// what each pixel covers, as a grey picture (width · height · 6 bytes). Frames are asked for as of `renderFrame`.
  func renderCovered(_ frame: Int, into rgb: UnsafeMutablePointer<UInt8>) throws
}

/// Makes the source of a clip, which shares the exposures of the build. Called on the worker's thread.
public typealias ClipFrameSourceFactory = @Sendable (Clip, SharedExposures) throws -> any ClipFrameSource

/// Renders the frames of a clip in turn with others like it, several frames at once.
public protocol SharedFrameSource: ClipFrameSource {
  /// Another one, for frames that this one does not render. Each is used by one thread at a time.
  func makeColleague() -> any SharedFrameSource

  /// Called for each frame in order, before anybody renders it. Whether it may be rendered while those before it, of which
  /// `previous` is the last, still are.
  func announce(_ frame: Int, after previous: Int?) -> Bool
}
