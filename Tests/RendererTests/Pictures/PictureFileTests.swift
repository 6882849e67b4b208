import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct PictureFileTests {
  private let media = PictureMedia()

  @Test func whatIsNoPictureIsRefused() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36", "-frames:v", "1", "still.png")
    try media.numbered("video.mp4", count: 24) { UInt8(16 + 5 * $0) }
    let png = try Data(contentsOf: URL(filePath: media.path("still.png")))
    let video = try Data(contentsOf: URL(filePath: media.path("video.mp4")))
    let files = [
      "empty.png": Data(), "header.png": png.prefix(40), "half.mp4": video.prefix(video.count / 3),
      "list.mp4": Data("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n".utf8),
      "concat.mp4": Data("ffconcat version 1.0\nfile /etc/passwd\n".utf8), "text.png": Data("no picture".utf8),
      "noise.jpg": Data((0..<4000).map { UInt8(truncatingIfNeeded: $0 * 7919) }),
    ]
    for (name, data) in files {
      try media.write(name, data)
      #expect(throws: BuildFailure.self, "\(name)") { try media.open(name) }
    }
    try media.ffmpeg("-f", "lavfi", "-i", "sine=d=1", "sound.wav")
    #expect(throws: BuildFailure.self) { try media.open("sound.wav") }
    #expect(mkfifo(media.path("pipe.png"), 0o600) == 0)
    #expect(throws: BuildFailure.self) { try media.open("pipe.png") }
    #expect(throws: BuildFailure.self) { try media.open("missing.png") }
    #expect(throws: BuildFailure.self) { try media.open(".") }
    #expect(throws: BuildFailure.self) { try media.library.open(MediaFile(path: "/dev/zero"), cacheFolder: nil) }
  }

  @Test func enormousPicturesAreRefusedUnread() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "color=s=8000x6000", "-frames:v", "1", "huge.png")
    let failure = #expect(throws: BuildFailure.self) { try media.open("huge.png") }
    #expect(failure?.message.contains("8000x6000") == true)
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36", "-frames:v", "1", "long.png")
    #expect(truncate(media.path("long.png"), 5 << 30) == 0)
    #expect(throws: BuildFailure.self) { try media.open("long.png") }
  }

  @Test func namesAreNoOptionsAndNoPatterns() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36", "-frames:v", "1", "a.png")
    let png = try Data(contentsOf: URL(filePath: media.path("a.png")))
    for name in ["-i.png", "img%d.png", "a:b.png", "it's.png", "http:x.png"] {
      try media.write(name, png)
      #expect(try media.open(name).width == 64)
    }
  }

  /// What was read of it would be kept under the name of what it was.
  @Test func aFileThatIsWrittenToIsReadNoFurther() throws {
    try media.numbered("a.mp4", count: 24) { UInt8(16 + 5 * $0) }
    let file = try MediaFile(path: media.path("a.mp4"), name: "a.mp4")
    let facts = try media.library.open(file, cacheFolder: nil)
    let stream = PictureStream(media.library.asset(facts.content), width: 8, height: 8, library: media.library)
    _ = try stream.block(0)
    // The file that another takes the place of is still there for us.
    try media.numbered("b.mp4", count: 24) { UInt8(200 - 5 * $0) }
    #expect(rename(media.path("b.mp4"), media.path("a.mp4")) == 0)
    _ = try stream.block(1)
    let written = try #require(FileHandle(forUpdatingAtPath: "/proc/self/fd/\(file.descriptor.number)"))
    try written.seekToEnd()
    try written.write(contentsOf: Data([0]))
    try written.close()
    let found = failure { try stream.block(20) }
    #expect(found?.kind == .asset && found?.message == "`a.mp4` was written to while it was read")
  }

  @Test func aStillOfASequenceThatChangedIsNotShown() throws {
    for name in ["0.png", "1.png", "2.png"] {
      try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36", "-frames:v", "1", name)
    }
    let names = ["0.png", "1.png", "2.png"]
    let facts = try media.library.open(
      paths: names.map(media.path), names: names, fps: 24, cacheFolder: nil)
    let stream = PictureStream(media.library.asset(facts.content), width: 8, height: 8, library: media.library)
    _ = try stream.block(0)
    try media.ffmpeg("-f", "lavfi", "-i", "color=red:s=64x36", "-frames:v", "1", "2.png")
    _ = try stream.block(1)
    #expect(
      failure { try stream.block(2) }?.message.hasPrefix("`2.png` was written") == true)
  }

  @Test func orientationIsHeeded() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x32", "-frames:v", "1", "flat.jpg")
    var jpeg = try Data(contentsOf: URL(filePath: media.path("flat.jpg")))
    // An Exif segment with orientation 6: to be turned by 90° clockwise.
    let exif: [UInt8] =
      Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    jpeg.insert(contentsOf: [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif, at: 2)
    try media.write("upright.jpg", jpeg)
    let (flat, upright) = (try media.open("flat.jpg"), try media.open("upright.jpg"))
    #expect(flat.width == 64 && flat.height == 32 && upright.width == 32 && upright.height == 64)
    let (a, b) = (media.library.asset(flat.content), media.library.asset(upright.content))
    let (across, down) = (a.still(width: 64, height: 32)!, b.still(width: 32, height: 64)!)
    // What is at the left of the one is at the top of the other.
    let (x, y) = (3, 20)
    let (before, after) = (4 * (y * 64 + x), 4 * (x * 32 + (31 - y)))
    for channel in 0..<3 {
      #expect(abs(Int(across.bytes[before + channel]) - Int(down.bytes[after + channel])) < 4)
    }
  }

  @Test func aStillIsDecodedOnceAndKept() throws {
    try media.ffmpeg("-f", "lavfi", "-i", "testsrc=s=640x360", "-frames:v", "1", "still.png")
    let cache = media.path("cache")
    let facts = try media.open("still.png", cache: cache)
    _ = try media.open("still.png", cache: cache)
    #expect(media.library.counted == .init(analyses: 1, subjects: 1))
    let other = PictureLibrary()
    #expect(try other.open(MediaFile(path: media.path("still.png")), cacheFolder: cache) == facts)
    #expect(other.counted == .init(analyses: 0))
    #expect(
      other.asset(facts.content).still(width: 640, height: 360)
        == media.library.asset(facts.content).still(width: 640, height: 360))
  }

  @Test func coloursAreThoseThatAreFrequent() {
    let red: [UInt8] = [200, 20, 20, 255]
    let white: [UInt8] = [250, 250, 250, 255]
    let nothing: [UInt8] = [0, 0, 0, 0]
    let pixels = (0..<100).flatMap { $0 < 70 ? white : $0 < 90 ? red : nothing }
    let block = PixelBlock(width: 10, height: 10, bytes: pixels)
    #expect(PictureColors.frequent(in: block) == [RGB(200, 20, 20), RGB(250, 250, 250)])
    let empty = PixelBlock(width: 1, height: 1, bytes: nothing)
    #expect(PictureColors.frequent(in: empty) == [RGB(0, 0, 0)])
  }

  @Test func halvingTakesMeans() {
    let block = PixelBlock(width: 3, height: 2, bytes: (0..<24).map { UInt8(10 * $0) })
    let small = block.halved(across: true, down: true)
    #expect(small.width == 2 && small.height == 1)
    // (0 + 40 + 120 + 160) / 4, and the odd column by itself.
    #expect(small.bytes[0] == 80 && small.bytes[4] == 140)
  }

  @Test func portableMapsAreRead() {
    let head = Array("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n".utf8)
    #expect(PixelBlock(pam: head + [1, 2, 3, 4, 5, 6, 7, 8])?.bytes == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(PixelBlock(pam: head + [1, 2, 3]) == nil)
    #expect(PixelBlock(pam: Array("P6\n2 1\n255\n".utf8)) == nil)
    #expect(PixelBlock(pam: []) == nil)
  }
}
