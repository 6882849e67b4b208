import SceneLang

/// Joins finished clips and the finished sound to one video, copying their packets.
struct Joiner {
  /// A clip as it lies in the cache.
  struct Part: Hashable {
    var path: String
    var frameCount: Int
  }

  /// The parts of a video in their order, of which some may still be in the making.
  struct Parts: Sendable {
    /// Of each part.
    var frameCounts: [Int]
    var isFinished: @Sendable (_ index: Int) -> Bool
    /// Gives a part when it is finished.
    var wait: @Sendable (_ index: Int) throws(BuildFailure) -> Part

    init(
      frameCounts: [Int], isFinished: @escaping @Sendable (_ index: Int) -> Bool,
      wait: @escaping @Sendable (_ index: Int) throws(BuildFailure) -> Part
    ) {
      self.frameCounts = frameCounts
      self.isFinished = isFinished
      self.wait = wait
    }

    /// Parts that are all finished.
    init(_ parts: [Part]) {
      self.init(frameCounts: parts.map(\.frameCount), isFinished: { _ in true }, wait: { parts[$0] })
    }
  }

  let toolchain: Toolchain
  let fps: FrameRate
  let cancellation: Cancellation
  var logs: BuildLogs?
  /// Written into the file where its format has a place for it.
  var comment: String?
  /// What part of a video the room for its index may be at most, one over this.
  var indexShare = 1000

  /// Seconds; of AAC some 40 MB.
  private static let longestKeptSound = 1800.0

  /// Writes the video to `output`, copying packets. `subtitles`: SubRip, one text at a time, for a track of their own.
  ///
  /// It begins when the first part is finished, or all are where there are texts or much sound. ffmpeg reads the list of those that are finished then, and after it a list
  /// for each group of what is left, which waits in a pipe for its parts. The bytes are the same whenever that is.
  ///
  /// A video that is a thousand times as large as the room that its index may take, going by its first part, begins with
  /// that room; another is moved for the index when that is known, which takes a third as long again as the joining.
  func join(
    _ parts: Parts, audio: String?, subtitles: String? = nil, into output: PartFile
  ) throws(BuildFailure) {
    let counts = parts.frameCounts
    let frames = counts.reduce(0, +)
    // ffmpeg keeps the sound that belongs to frames to come, and all pictures from one text to the next.
    let isLongSound = audio != nil && fps.seconds(ofFrame: frames) > Self.longestKeptSound
    let waits = subtitles != nil || isLongSound
    var ready = [try parts.wait(0)]
    while ready.count < counts.count && (waits || parts.isFinished(ready.count)) {
      ready.append(try parts.wait(ready.count))
    }
    let first = try check(ready)
    let groups = Self.groups(ready.count..<counts.count)
    var pipes = try groups.map { (_) throws(BuildFailure) in try ChildProcess.makePipe() }
    for pipe in pipes { try pipe.writing.stopBlocking() }

    var list = ClipList(fps, isCopied: true)
    for part in ready { list.append(part) }
    for (place, group) in groups.enumerated() {
      list.append(listAt: ChildCommand.inheritedPath(1 + place), frameCount: counts[group].reduce(0, +))
    }
    let room = indexRoom(counts, hasAudio: audio != nil, subtitles)
    let size = first.size * frames / counts[0]
    var command = try command(
      arguments(
        audio: audio, hasSubtitles: subtitles != nil, indexRoom: room <= size / indexShare ? room : nil), list)
    command.inherited += pipes.map(\.reading)
    command.readsPipe = subtitles != nil
    command.output = output
    let child = try ChildProcess(command, cancellation)
    try explaining(output) { () throws(BuildFailure) in
      if let subtitles { try child.write(Array(subtitles.utf8)[...]) }
      for group in groups {
        var list = ClipList(fps, from: counts[..<group.lowerBound].reduce(0, +), isCopied: true)
        let members = try group.map { (index) throws(BuildFailure) in try parts.wait(index) }
        _ = try check(members, like: first.track)
        for part in members { list.append(part) }
        try child.write(list.text, to: pipes.removeFirst().writing)
        output.beginSaving()
        ready += members
      }
      try child.waitForSuccess {
        output.beginSaving()
        return output.progress
      }
    }
    try keepList(of: ready)
  }

  /// Ranges that are half of what is left, each, and one for each of the last few: in a list of several parts
  /// the first waits for the last.
  static func groups(_ range: Range<Int>) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var rest = range
    while let first = rest.first {
      let end = first + (rest.count > 16 ? rest.count / 2 : 1)
      groups.append(first..<end)
      rest = end..<rest.upperBound
    }
    return groups
  }

  /// Bytes that the index of a video takes at most, if each sample had entries of its own in all tables (`stsz` 4, `stts` 8,
  /// `ctts` 8, `stss` 4, `stsc` 12, `co64` 8).
  private func indexRoom(_ frameCounts: [Int], hasAudio: Bool, _ subtitles: String?) -> Int {
    let frames = frameCounts.reduce(0, +)
    let packets = hasAudio ? VideoClock(fps).samples(frames: frames, sampleRate: 48_000) / 1024 + 2 : 0
    // Between two texts an empty one is shown.
    let texts = (subtitles?.split(separator: "\n").count { $0.contains("-->") } ?? 0) * 2 + 2
    return 16_384 + 44 * (frames + packets + texts)
  }

  /// Runs ffmpeg over all parts. `onFrame` is told now and then how many frames it has encoded.
  func run(
    _ arguments: [String], over parts: [Part], into output: PartFile, patience: Duration, onFrame: (Int) -> Void
  ) throws(BuildFailure) {
    let progress = try EncoderProgress()
    var command = try command(EncoderProgress.arguments(ChildCommand.inheritedPath(1)) + arguments, over: parts)
    command.inherited.append(progress.file)
    command.output = output
    command.patience = patience
    let child = try ChildProcess(command, cancellation)
    try explaining(output) { () throws(BuildFailure) in
      try child.waitForSuccess {
        let frames = progress.frames
        onFrame(frames)
        return output.progress &+ frames
      }
    }
  }

  /// ffmpeg, which finds the list of all parts at `inheritedPath`.
  func command(_ arguments: [String], over parts: [Part]) throws(BuildFailure) -> ChildCommand {
    _ = try check(parts)
    try keepList(of: parts)
    var list = ClipList(fps)
    for part in parts { list.append(part) }
    return try command(arguments, list)
  }

  private func command(_ arguments: [String], _ list: ClipList) throws(BuildFailure) -> ChildCommand {
    let file = try Descriptor.scratch(in: Descriptor.temporaryFolder)
    do { try file.write(list.text) } catch {
      throw .system(.writing, "cannot write the list of clips", error.number)
    }
    var command = ChildCommand.ffmpeg(toolchain, arguments, log: try logs?.file("join.log"))
    command.inherited = [file]
    return command
  }

  /// Among the logs.
  private func keepList(of parts: [Part]) throws(BuildFailure) {
    guard let file = try logs?.file(BuildLogs.clipList), file.size == 0 else { return }
    var list = ClipList(fps)
    for part in parts { list.append(part) }
    do { try file.write(list.text) } catch {
      throw .system(.writing, "cannot write the list of clips", error.number)
    }
  }

  private func explaining(_ output: PartFile, _ body: () throws(BuildFailure) -> Void) throws(BuildFailure) {
    do { try body() } catch  where error.kind == .encoder {
      // That no decoder may be opened is what was asked for.
      let words = error.message.split(separator: "\n").filter { !$0.hasSuffix("not on whitelist 'none'") }
      let reason = words.joined(separator: "\n")
      throw BuildFailure(.writing, "cannot make `\(output.destination)` from the clips: \(reason)")
    }
  }

  /// Gives the first part and its bytes. All parts have its stream parameters, or those of `first`: ffmpeg's list reader would
  /// join anything, and says nothing of a missing or shorter member, so both are checked here.
  private func check(
    _ parts: [Part], like first: MP4Track? = nil
  ) throws(BuildFailure) -> (track: MP4Track, size: Int) {
    var first = first
    var size = 0
    for part in parts {
      guard let file = try? Descriptor(reading: part.path), let track = MP4Track(file),
        track.sampleCount == part.frameCount
      else { throw BuildFailure(.verification, "the clip `\(part.path)` does not hold its \(part.frameCount) frames") }
      guard first.map({ $0.description == track.description }) ?? true else {
        throw BuildFailure(.verification, "the clip `\(part.path)` was encoded unlike the others")
      }
      if first == nil { (first, size) = (track, file.size) }
    }
    return (first!, size)
  }

  /// The list of parts as an input of ffmpeg. Their packets are left as they are: ffmpeg would turn H.264 into a byte stream
  /// with the parameters before each key frame, and back, which is for parts that were encoded unlike each other.
  static let listInput = listOptions + ["-i", ChildCommand.inheritedPath]
  private static let listOptions = [
    "-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-auto_convert", "0",
  ]

  static func soundInput(_ path: String) -> [String] {
    ["-protocol_whitelist", "file", "-f", "mov", "-i", "file:\(path)"]
  }

  /// Nothing of the clips' own, and the comment.
  var metadata: [String] { ["-map_metadata", "-1"] + (comment.map { ["-metadata", "comment=\($0)"] } ?? []) }

  /// `indexRoom`: bytes that are left for the index at the beginning; nil to move everything when it is known.
  func arguments(audio: String?, hasSubtitles: Bool = false, indexRoom: Int? = nil) -> [String] {
    var arguments = Self.listOptions + ["-codec_whitelist", "none", "-i", ChildCommand.inheritedPath]
    if let audio { arguments += Self.soundInput(audio) }
    if hasSubtitles { arguments += ["-protocol_whitelist", "pipe", "-f", "srt", "-i", "pipe:0"] }
    arguments += ["-map", "0:v:0"]
    if audio != nil { arguments += ["-map", "1:a:0"] }
    if hasSubtitles { arguments += ["-map", "\(audio == nil ? 1 : 2):s:0"] }
    arguments += ["-c", "copy", "-fflags", "+bitexact", "-flags", "+bitexact"] + metadata
    if hasSubtitles {
      arguments += ["-c:s", Probe.subtitleCodec]
    } else {
      // Sound waits for the pictures that come before it, however long these take.
      arguments += ["-max_interleave_delta", "0"]
    }
    arguments += VideoClock(fps).writerOptions
    arguments += indexRoom.map { ["-moov_size", "\($0)"] } ?? ["-movflags", "+faststart"]
    return arguments + ["-f", "mp4", ChildCommand.outputPath]
  }
}
