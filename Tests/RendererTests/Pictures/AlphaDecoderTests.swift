import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Transparent WebM is read as it was written, and what cannot be read says why.
@Suite struct AlphaDecoderTests {
  private let media = PictureMedia()

  /// Frame n is covered from the left to column 4 · (n + 1) of 64, and its brightness jumps every 10 frames, so that
  /// encoders put key frames there.
  private func write(_ name: String, codec: String) throws {
    let cover = "a='255*lt(X,4*(N+1))'"
    try media.ffmpeg(
      "-f", "lavfi", "-i",
      "color=white:s=64x36:r=12:d=1.25,format=rgba,geq=r='100+50*mod(floor(N/10),2)':g=r(X\\,Y):b=128:\(cover)",
      "-pix_fmt", "yuva420p", "-c:v", codec, "-b:v", "1M", "-auto-alt-ref", "0", "-g", "4", name)
  }

  private func stream(_ facts: PictureFacts) -> PictureStream {
    PictureStream(media.library.asset(facts.content), width: 64, height: 36, library: media.library)
  }

  @Test(arguments: ["libvpx-vp9", "libvpx"]) func coverageIsRead(_ codec: String) throws {
    try write("a.webm", codec: codec)
    let facts = try media.open("a.webm")
    #expect(facts.frameCount == 15 && facts.isFilm)
    let forward = stream(facts)
    for frame in 0..<15 {
      let block = try forward.block(frame)
      let row = 18 * 64
      let covered = 4 * (frame + 1)
      #expect(block.bytes[4 * (row + covered / 2) + 3] > 230, "frame \(frame)")
      if covered + 3 < 64 { #expect(block.bytes[4 * (row + (covered + 67) / 2) + 3] < 25, "frame \(frame)") }
      // From anywhere the frame is the same.
      #expect(try stream(facts).block(frame) == block, "frame \(frame)")
    }
  }

  @Test func whatSaysNothingOfCoverageIsReadByAnyDecoder() {
    #expect(AlphaDecoder(codec: "vp9", alphaMode: "") == nil && AlphaDecoder(codec: "vp9", alphaMode: "0") == nil)
    #expect(AlphaDecoder(codec: "h264", alphaMode: "1") == nil)
    #expect(AlphaDecoder(codec: "vp8", alphaMode: "1") == .vp8)
  }

  @Test func aDecoderThatIsNotThereIsNamed() throws {
    let failure = #expect(throws: BuildFailure.self) {
      try Toolchain.resolve().check(decoder: "libnothing", of: "a.webm", .never)
    }
    #expect(failure?.kind == .missingProgram && failure?.message.contains("transparency of `a.webm`") == true)
  }

  @Test func formatsThatAreNotReadAreNamed() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36", "-frames:v", "1", "a.tiff")
    let tiff = #expect(throws: BuildFailure.self) { try media.open("a.tiff") }
    #expect(tiff?.message.hasSuffix("its format is none of \(MediaFile.formatNames)") == true, "\(tiff?.message ?? "")")
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36:d=1", "-c:v", "libwebp_anim", "a.webp")
    let webp = #expect(throws: BuildFailure.self) { try media.open("a.webp") }
    #expect(webp?.message.contains("animated WebP") == true, "\(webp?.message ?? "")")
  }
}
