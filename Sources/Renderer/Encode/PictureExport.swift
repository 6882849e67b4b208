import Glibc
import SceneLang

/// Writes the frames of finished clips as PNG files: a poster, or a sequence.
struct PictureExport {
  let transcoder: Transcoder
  let target: OutputTarget

  /// Writes what the frames of `parts` show, `count` pictures, and puts them in place. Gives their size in bytes.
  ///
  /// A sequence is gathered in one file until all of it is made, so that none of it appears before.
  func write(_ parts: [Joiner.Part], count: Int) throws(BuildFailure) -> Int {
    let lengths = try encode(parts)
    guard lengths.count == count else {
      throw BuildFailure(.verification, "the clips gave \(lengths.count) pictures, not \(count)")
    }
    if let names = transcoder.output.sequence {
      try split(lengths, names)
    } else {
      try target.commit()
    }
    return lengths.reduce(0, +)
  }

  /// Appends each frame as a PNG file to the target's part, and gives the bytes of each.
  private func encode(_ parts: [Joiner.Part]) throws(BuildFailure) -> [Int] {
    let picture = transcoder.output.picture(of: transcoder.format)
    let size = picture.width * picture.height
    var command = try transcoder.joiner.command(transcoder.arguments(audio: nil), over: parts)
    command.streamsOutput = true
    let child = try ChildProcess(command, transcoder.joiner.cancellation)
    let isTransparent = transcoder.output.isTransparent
    let frame = UnsafeMutableRawBufferPointer.allocate(byteCount: (isTransparent ? 4 : 3) * size, alignment: 64)
    defer { frame.deallocate() }
    let plane = UnsafePointer(frame.baseAddress!.assumingMemoryBound(to: UInt8.self))
    var lengths: [Int] = []
    while true {
      let count = try child.read(into: frame)
      if count < frame.count {
        try child.waitForSuccess()
        guard count == 0 else { throw BuildFailure(.verification, "the clips end in the middle of a picture") }
        return lengths
      }
      let file = PNG.encode(
        width: picture.width, height: picture.height, red: plane + 2 * size, green: plane, blue: plane + size,
        stride: picture.width, alpha: isTransparent ? (plane + 3 * size, picture.width) : nil)
      try target.part.write(file)
      lengths.append(file.count)
      transcoder.onFrame(lengths.count)
    }
  }

  private func split(_ lengths: [Int], _ names: FrameNames) throws(BuildFailure) {
    let gathered = try target.part.reopened()
    var offset = 0
    for (number, length) in lengths.enumerated() {
      let bytes: [UInt8]
      do { bytes = try gathered.read(length, at: offset) } catch {
        throw .system(.writing, "cannot read `\(target.part.path)`", error.number)
      }
      let path = names.path(number)
      let (folder, name) = OutputTarget.split(path)
      let file = try PartFile(for: name, in: folder)
      try file.write(bytes)
      try file.commit(to: path, isDurable: false)
      offset += length
    }
  }
}
