import Glibc
import SceneLang

/// What the chunks of an animated WebP say (RFC 9649). ffprobe, which reads the other outputs, knows only stills of this kind.
struct WebPAnimation: Hashable {
  /// Of the canvas, in pixels.
  var width = 0
  var height = 0
  /// Of each frame, in milliseconds. Neighbours that are equal are one frame to the encoder.
  var durations: [Int] = []

  /// Reads the file at `path`; a still has no durations. Throws a failure of kind `verification` for a file that is no WebP,
  /// or is cut off.
  init(_ path: String) throws(BuildFailure) {
    guard let file = fopen(path, "rb") else { throw Self.fault("it cannot be read") }
    defer { fclose(file) }
    func bytes(_ count: Int) throws(BuildFailure) -> [Int] {
      var bytes = [UInt8](repeating: 0, count: count)
      guard fread(&bytes, 1, count, file) == count else { throw Self.fault("it is cut off") }
      return bytes.map(Int.init)
    }
    func number(_ bytes: ArraySlice<Int>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | $1 } }

    let head = try bytes(12)
    guard head[0..<4].elementsEqual("RIFF".utf8.map(Int.init)), head[8..<12].elementsEqual("WEBP".utf8.map(Int.init))
    else { throw Self.fault("it is no WebP") }
    let end = 8 + number(head[4..<8])
    var place = 12
    while place < end {
      let chunk = try bytes(8)
      let size = number(chunk[4..<8])
      let next = place + 8 + size + size % 2
      if chunk[0..<4].elementsEqual("VP8X".utf8.map(Int.init)) {
        let payload = try bytes(10)
        (width, height) = (number(payload[4..<7]) + 1, number(payload[7..<10]) + 1)
      } else if chunk[0..<4].elementsEqual("ANMF".utf8.map(Int.init)) {
        durations.append(number(try bytes(16)[12..<15]))
      }
      // The last byte of each chunk has to be there.
      guard next <= end, fseek(file, next - 1, SEEK_SET) == 0 else { throw Self.fault("it is cut off") }
      _ = try bytes(1)
      place = next
    }
  }

  /// Throws a failure of kind `verification` unless it shows `frameCount` frames at `fps`, in that size.
  func check(_ size: PictureFormat, frameCount: Int) throws(BuildFailure) {
    if (width, height) != (size.width, size.height) {
      throw Self.fault("its size is \(width)x\(height), not \(size.width)x\(size.height)")
    }
    if durations.count > frameCount { throw Self.fault("it has \(durations.count) frames, not \(frameCount)") }
    // Times are whole milliseconds, and the last frame has the mean duration of the others.
    let (shown, wanted) = (Double(durations.reduce(0, +)), 1000 * size.fps.seconds(ofFrame: frameCount))
    if abs(shown - wanted) > 1000 / size.fps.value {
      throw Self.fault("it lasts \(Int(shown)) ms, not \(Int(wanted.rounded())) ms")
    }
  }

  private static func fault(_ reason: String) -> BuildFailure {
    BuildFailure(.verification, "the animation is not what the scene says: \(reason)")
  }
}
