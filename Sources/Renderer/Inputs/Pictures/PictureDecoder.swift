import SceneLang

/// Decodes the frames of a file one after another, brought to one size.
///
/// A pixel is red, green, blue and coverage, 8 bits each; colours are multiplied by the coverage. Sizes are brought down by
/// ffmpeg's area average, whose results do not depend on the processor.
final class PictureDecoder {
  private let child: ChildProcess
  private let path: String
  private let width: Int
  private let height: Int
  private var isAtEnd = false

  /// Begins with frame `first`, found by its time without decoding what comes before its key frame, where there are times.
  init(
    _ file: PictureFile, _ media: MediaFile, from first: Int, width: Int, height: Int, _ toolchain: Toolchain,
    _ cancellation: Cancellation
  ) throws(BuildFailure) {
    var place = file.decoder?.options ?? []
    // Its second picture may have key frames of its own: frames are counted from the first one.
    let isCounted = first > 0 && (file.decoder != nil || !file.isSeekable)
    if first > 0, !isCounted {
      // Between two frames, so that rounding cannot miss the one that is meant.
      let middle = (file.times[first - 1] + file.times[first]) / 2 + file.start
      place += ["-seek_timestamp", "1", "-ss", "\(middle)"]
    }
    let cover =
      (isCounted ? "select=gte(n\\,\(first))," : "") + (file.hasAlpha ? "format=rgba,premultiply=inplace=1," : "")
    var command = ChildCommand.ffmpeg(
      toolchain,
      ["-max_pixels", "\(PictureFile.mostPixels)"] + place + MediaFile.inputOptions + [
        "-map", "0:v:0", "-an", "-sn", "-dn", "-vf",
        "\(cover)scale=\(width):\(height):flags=area+accurate_rnd+bitexact+full_chroma_int+full_chroma_inp,format=rgba",
        "-fps_mode", "passthrough", "-fflags", "+bitexact", "-f", "rawvideo", "-",
      ])
    command.inherited = [media.descriptor]
    command.limits = .decoding
    command.streamsOutput = true
    path = media.path
    (self.width, self.height) = (width, height)
    child = try ChildProcess(command, cancellation)
  }

  /// The next frame; nil at the end.
  ///
  /// Throws a failure of kind `asset` when what is left of the file cannot be decoded.
  func next() throws(BuildFailure) -> PixelBlock? {
    guard !isAtEnd else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4 * width * height)
    let read: Result<Int, BuildFailure> = bytes.withUnsafeMutableBytes { [child] buffer in
      Result { () throws(BuildFailure) in try child.read(into: buffer) }
    }
    if try read.get() == bytes.count { return PixelBlock(width: width, height: height, bytes: bytes) }
    isAtEnd = true
    let status = try child.wait()
    guard status.isSuccess else { throw .notAPicture(path, child.errorTail()) }
    return nil
  }
}

/// A still at its own size, or smaller where it is very large.
struct StillDecoder {
  /// Pixels of its longer side.
  static let largest = 1536

  /// Decodes the whole file; orientation that the file tells of is heeded.
  static func decode(
    _ media: MediaFile, decoder: AlphaDecoder? = nil, _ toolchain: Toolchain, _ cancellation: Cancellation
  ) throws(BuildFailure) -> PixelBlock {
    let bounds = "w='min(iw,\(largest))':h='min(ih,\(largest))':force_original_aspect_ratio=decrease"
    // No processor features: some decoders of stills differ in the last bits.
    var command = ChildCommand.ffmpeg(
      toolchain,
      ["-cpuflags", "0", "-max_pixels", "\(PictureFile.mostPixels)"] + (decoder?.options ?? [])
        + MediaFile.inputOptions + [
          "-map", "0:v:0", "-frames:v", "1", "-vf",
          "format=rgba,premultiply=inplace=1,scale=\(bounds):flags=area+accurate_rnd+bitexact,format=rgba",
          "-f", "image2pipe", "-c:v", "pam", "-",
        ])
    command.inherited = [media.descriptor]
    command.limits = .decoding
    command.keepsOutput = true
    let child = try ChildProcess(command, cancellation)
    let status = try child.wait()
    guard status.isSuccess, let block = PixelBlock(pam: try child.outputBytes()) else {
      throw .notAPicture(media.path, child.errorTail())
    }
    return block
  }
}
