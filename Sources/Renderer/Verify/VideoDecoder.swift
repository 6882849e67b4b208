import SceneLang

/// Decodes a video to small RGB frames, one at a time: memory does not grow with its length. What is transparent is seen
/// over black.
final class VideoDecoder {
  /// Pixels of the longer side, at most: enough for glyphs to keep the light that they give.
  static let longerSide = 640

  let width: Int
  let height: Int
  /// What ffmpeg said of what it decoded all the same, once all frames are read; empty if all is well.
  private(set) var complaint = ""
  private let child: ChildProcess

  /// `picture` is the format of the video's picture.
  init(
    _ media: MediaFile, _ file: Output.Format, _ picture: PictureFormat, _ toolchain: Toolchain,
    _ cancellation: Cancellation
  ) throws(BuildFailure) {
    let longer = max(picture.width, picture.height)
    let side = min(longer, Self.longerSide)
    width = max(1, picture.width * side / longer)
    height = max(1, picture.height * side / longer)
    var command = ChildCommand.ffmpeg(toolchain, Self.arguments(file, width: width, height: height))
    command.inherited = [media.descriptor]
    command.limits = .decoding
    command.streamsOutput = true
    child = try ChildProcess(command, cancellation)
  }

  /// Calls `body` with each frame: red, green and blue beside each other, rows without padding.
  ///
  /// Throws a failure of kind `verification` when the video cannot be decoded to its end.
  func forEachFrame(_ body: (UnsafeBufferPointer<UInt8>) -> Void) throws(BuildFailure) {
    let frame = UnsafeMutableRawBufferPointer.allocate(byteCount: 3 * width * height, alignment: 64)
    defer { frame.deallocate() }
    while true {
      let count = try child.read(into: frame)
      if count == frame.count {
        body(UnsafeBufferPointer(frame.assumingMemoryBound(to: UInt8.self)))
        continue
      }
      let status = try child.wait()
      guard count == 0, status.isSuccess else {
        throw BuildFailure(.verification, "the video cannot be decoded: ffmpeg \(status)\n\(child.errorTail())")
      }
      complaint = child.errorTail()
      return
    }
  }

  private static func arguments(_ file: Output.Format, width: Int, height: Int) -> [String] {
    let decoder = file == .webm ? AlphaDecoder.vp9.options : []
    let overBlack = file.carriesCoverage ? "format=gbrap,premultiply=inplace=1,format=gbrp," : ""
    let flags = "flags=area+accurate_rnd+full_chroma_int+bitexact"
    return decoder + MediaFile.inputOptions + [
      "-map", "0:v:0", "-an", "-sn", "-dn", "-vf", "\(overBlack)scale=\(width):\(height):\(flags)",
      "-fps_mode", "passthrough", "-pix_fmt", "rgb24", "-f", "rawvideo", "-",
    ]
  }
}
