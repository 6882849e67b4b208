import SceneLang

/// Joins finished clips and the finished sound to one video, copying their packets.
struct Joiner {
  /// A clip as it lies in the cache.
  struct Part: Hashable {
    var path: String
    var frameCount: Int
  }

  let toolchain: Toolchain
  let fps: FrameRate
  let cancellation: Cancellation
  var logs: BuildLogs?
  /// Written into the file where its format has a place for it.
  var comment: String?

  /// Writes the video to `output`, copying packets. `subtitles`: SubRip, one text at a time, for a track of their own.
  ///
  /// `bytes`: of parts and sound. A video that is a thousand times as large as the room that its index may take begins with
  /// that room; another is moved for the index when that is known, which takes a third as long again as the joining.
  func join(
    _ parts: [Part], audio: String?, subtitles: String? = nil, bytes: Int = 0, into output: PartFile
  ) throws(BuildFailure) {
    let room = indexRoom(parts, hasAudio: audio != nil, subtitles)
    try run(
      arguments(audio: audio, hasSubtitles: subtitles != nil, indexRoom: room <= bytes / 1000 ? room : nil),
      over: parts, input: subtitles, into: output)
  }

  /// Bytes that the index of a video takes at most, if each sample had entries of its own in all tables (`stsz` 4, `stts` 8,
  /// `ctts` 8, `stss` 4, `stsc` 12, `co64` 8).
  private func indexRoom(_ parts: [Part], hasAudio: Bool, _ subtitles: String?) -> Int {
    let frames = parts.reduce(0) { $0 + $1.frameCount }
    let packets = hasAudio ? VideoClock(fps).samples(frames: frames, sampleRate: 48_000) / 1024 + 2 : 0
    // Between two texts an empty one is shown.
    let texts = (subtitles?.split(separator: "\n").count { $0.contains("-->") } ?? 0) * 2 + 2
    return 16_384 + 44 * (frames + packets + texts)
  }

  /// Runs ffmpeg over all parts; `input` is what it reads from its standard input.
  func run(
    _ arguments: [String], over parts: [Part], input: String? = nil, into output: PartFile,
    patience: Duration = .seconds(60)
  ) throws(BuildFailure) {
    var command = try self.command(arguments, over: parts)
    command.readsPipe = input != nil
    command.output = output
    command.patience = patience
    let child = try ChildProcess(command, cancellation)
    do {
      if let input { try child.write(Array(input.utf8)[...]) }
      try child.waitForSuccess(progress: { output.progress })
    } catch  where error.kind == .encoder {
      throw BuildFailure(.writing, "cannot join the clips to `\(output.path)`: \(error.message)")
    }
  }

  /// ffmpeg, which finds the list of all parts at `inheritedPath`. All have the stream parameters of the first: ffmpeg's
  /// list reader would join anything, and says nothing of a missing or shorter member, so both are checked here.
  func command(_ arguments: [String], over parts: [Part]) throws(BuildFailure) -> ChildCommand {
    try checkParts(parts)
    let list: Descriptor
    if let logs { list = try logs.file("clips.ffconcat") } else { list = try .scratch(in: Descriptor.temporaryFolder) }
    do { try list.write(listing(parts)) } catch {
      throw .system(.writing, "cannot write the list of clips", error.number)
    }
    var command = ChildCommand.ffmpeg(toolchain, arguments, log: try logs?.file("join.log"))
    command.inherited = list
    return command
  }

  private func checkParts(_ parts: [Part]) throws(BuildFailure) {
    var first: MP4Track?
    for part in parts {
      guard let file = try? Descriptor(reading: part.path), let track = MP4Track(file),
        track.sampleCount == part.frameCount
      else { throw BuildFailure(.verification, "the clip `\(part.path)` does not hold its \(part.frameCount) frames") }
      guard first.map({ $0.description == track.description }) ?? true else {
        throw BuildFailure(.verification, "the clip `\(part.path)` was encoded unlike the others")
      }
      first = first ?? track
    }
  }

  /// The list in the syntax of ffmpeg's concat reader. Each duration is a difference of rounded starts, so that the
  /// rounding of one clip never adds to that of the next.
  func listing(_ parts: [Part]) -> String {
    let clock = VideoClock(fps)
    var list = "ffconcat version 1.0\n"
    var frame = 0
    for part in parts {
      let start = clock.microseconds(atFrame: frame)
      frame += part.frameCount
      let path = part.path.replacing("'", with: "'\\''")
      list += "file 'file:\(path)'\nduration \(clock.microseconds(atFrame: frame) - start)us\n"
    }
    return list
  }

  /// The list of parts as an input of ffmpeg.
  static let listInput = [
    "-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", ChildCommand.inheritedPath,
  ]

  static func soundInput(_ path: String) -> [String] {
    ["-protocol_whitelist", "file", "-f", "mov", "-i", "file:\(path)"]
  }

  /// Nothing of the clips' own, and the comment.
  var metadata: [String] { ["-map_metadata", "-1"] + (comment.map { ["-metadata", "comment=\($0)"] } ?? []) }

  /// `indexRoom`: bytes that are left for the index at the beginning; nil to move everything when it is known.
  func arguments(audio: String?, hasSubtitles: Bool = false, indexRoom: Int? = nil) -> [String] {
    var arguments = Self.listInput
    if let audio { arguments += Self.soundInput(audio) }
    if hasSubtitles { arguments += ["-protocol_whitelist", "pipe", "-f", "srt", "-i", "pipe:0"] }
    arguments += ["-map", "0:v:0"]
    if audio != nil { arguments += ["-map", "1:a:0"] }
    if hasSubtitles { arguments += ["-map", "\(audio == nil ? 1 : 2):s:0"] }
    arguments += ["-c", "copy", "-fflags", "+bitexact", "-flags", "+bitexact"] + metadata
    if hasSubtitles { arguments += ["-c:s", Probe.subtitleCodec] }
    arguments += VideoClock(fps).writerOptions
    arguments += indexRoom.map { ["-moov_size", "\($0)"] } ?? ["-movflags", "+faststart"]
    return arguments + ["-f", "mp4", ChildCommand.outputPath]
  }
}
