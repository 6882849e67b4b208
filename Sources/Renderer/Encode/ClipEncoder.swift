import SceneLang

/// One ffmpeg process that turns frames into one clip; owned by the thread that writes the clip.
///
/// All clips of a video have the same stream parameters, so that they can be joined without encoding again. Each has one
/// thread: the number of threads changes the bits, and two encoders beside each other do more than one with two threads.
final class ClipEncoder {
  /// Bytes of one frame; see `ClipCodec`.
  let frameSize: Int
  private let part: PartFile
  private let child: ChildProcess
  private var frameCount = 0
  /// Frames of the whole clip.
  private let length: Int
  /// Of its pictures, as they are stored.
  private let width: Int
  private let height: Int

  /// Starts the encoder of a clip of `length` frames, which writes to `part`.
  init(
    _ toolchain: Toolchain, _ codec: ClipCodec, _ format: PictureFormat, length: Int = 0,
    into part: PartFile, _ cancellation: Cancellation, patience: Duration = .seconds(60), log: Descriptor? = nil
  ) throws(BuildFailure) {
    self.part = part
    self.length = length
    (width, height) = (format.width, codec.storedHeight(format))
    frameSize = codec.frameSize(format)
    var command = ChildCommand.ffmpeg(toolchain, Self.arguments(codec, format), log: log)
    command.readsPipe = true
    command.output = part
    command.patience = patience
    child = try ChildProcess(command, cancellation)
  }

  /// Takes one frame of `frameSize` bytes; with `lending` it is to stay as it is until the next has been taken, or the clip
  /// is finished.
  func write(_ frame: UnsafeRawBufferPointer, lending: Bool = false) throws(BuildFailure) {
    precondition(frame.count == frameSize, "a frame has \(frameSize) bytes, not \(frame.count)")
    do {
      try child.write(frame, lending: lending)
    } catch { throw explained(error) }
    frameCount += 1
  }

  /// Ends the clip and makes sure that it holds every frame: an encoder whose input ends early, or whose disk is full,
  /// may leave a valid shorter file.
  func finish() throws(BuildFailure) {
    do {
      try child.waitForSuccess(progress: { part.progress })
    } catch { throw explained(error) }
    guard let file = try? Descriptor(reading: part.path), let track = MP4Track(file),
      track.sampleCount == frameCount, track.hasEvenSteps,
      track.stream.map({ $0.width == width && $0.height == height }) ?? true
    else {
      let words = child.errorTail()
      throw explained(
        BuildFailure(
          .encoder,
          "\(child.command.name) ended well but did not encode all \(frameCount) frames of \(width) × \(height)"
            + (words.isEmpty ? "" : ":\n\(words)")))
    }
  }

  private func explained(_ failure: BuildFailure) -> BuildFailure {
    guard failure.kind == .encoder else { return failure }
    var explained = failure
    explained.message += "\nwhile writing `\(part.path)`, frame \(frameCount), \(part.size) bytes so far"
    if let free = Folder.freeBytes(part.path), free < 1 << 20 {
      // By what its frames took so far; ffmpeg writes behind, so that it is at least that.
      let needed = max(part.size, frameCount > 0 ? part.size * max(length, frameCount) / frameCount : 0)
      explained.help =
        "the disk is full: the clip needs \(needed) bytes or more and \(free) are left; make room or give another folder "
        + "with `--cache`"
    }
    return explained
  }

  static func arguments(_ codec: ClipCodec, _ format: PictureFormat) -> [String] {
    let clock = VideoClock(format.fps)
    return [
      "-f", "rawvideo", "-pixel_format", codec.pixelFormat, "-video_size",
      "\(format.width)x\(codec.storedHeight(format))",
      "-framerate", "\(format.fps)", "-i", "pipe:0", "-map", "0:v:0",
      // Else ffmpeg takes a common rate nearby, 120 for 120000/1001, and drops or repeats frames.
      "-r", "\(format.fps)",
    ] + codec.encoderOptions + [
      "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1",
    ] + clock.writerOptions + ["-f", "mp4", ChildCommand.outputPath]
  }
}
