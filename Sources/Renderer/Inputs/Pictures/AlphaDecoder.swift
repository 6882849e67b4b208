/// A decoder to name for a stream whose transparency ffmpeg's own one passes over: VP8 and VP9 keep it in a second picture
/// beside each frame, where the stream says `alpha_mode` 1 (WebM container guidelines, "Alpha Channel").
enum AlphaDecoder: String, CaseIterable, Sendable {
  case vp8 = "libvpx"
  case vp9 = "libvpx-vp9"

  /// Nil for a stream that needs none. `codec`: as ffprobe calls it.
  init?(codec: some StringProtocol, alphaMode: some StringProtocol) {
    guard alphaMode == "1" else { return nil }
    switch codec {
    case "vp8": self = .vp8
    case "vp9": self = .vp9
    default: return nil
    }
  }

  /// Before the input that it reads.
  var options: [String] { ["-c:v", rawValue] }
}
