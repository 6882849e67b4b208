import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct SubjectTests {
  private let media = PictureMedia()

  /// A red disc right of the middle of a grey picture that is no even grey; 160 × 90.
  private func disc(_ name: String) throws {
    try media.ffmpeg(
      "-f", "lavfi", "-i",
      "nullsrc=s=160x90,geq=r='if(lte(hypot(X-135,Y-45),22),230,60+X/8)':g='if(lte(hypot(X-135,Y-45),22),60,60+X/8)'"
        + ":b='if(lte(hypot(X-135,Y-45),22),40,60+Y/8)'", "-frames:v", "1", name)
  }

  private func isNear(_ mask: SubjectMask?, _ u: ClosedRange<Double>, _ v: ClosedRange<Double>) -> Bool {
    guard let box = mask?.box else { return false }
    return zip(
      [box.u.lowerBound, box.u.upperBound, box.v.lowerBound, box.v.upperBound],
      [u.lowerBound, u.upperBound, v.lowerBound, v.upperBound]
    ).allSatisfy { abs($0 - $1) < 0.06 }
  }

  @Test func whatDiffersMostIsTheSubject() throws {
    try disc("disc.png")
    let mask = try #require(try media.open("disc.png").subject)
    #expect(isNear(mask, 0.71...0.98, 0.26...0.74), "\(String(describing: mask.box))")
    #expect(mask.level(u: 0.84, v: 0.5) > 0.9 && mask.level(u: 0.2, v: 0.5) == 0 && mask.level(u: 2, v: 0.5) == 0)
    // An even picture has none.
    try media.ffmpeg("-f", "lavfi", "-i", "color=gray:s=64x64", "-frames:v", "1", "gray.png")
    #expect(try media.open("gray.png").subject?.box == nil)
  }

  @Test func whatIsNotTransparentIsTheSubject() throws {
    try media.ffmpeg(
      "-f", "lavfi", "-i",
      "nullsrc=s=80x80,format=rgba,geq=r=200:g=X:b=Y:a='if(between(X,10,29)*between(Y,40,69),255,0)'", "-frames:v", "1",
      "cut.png")
    let mask = try media.open("cut.png").subject
    #expect(isNear(mask, 0.125...0.375, 0.5...0.875), "\(String(describing: mask?.box))")
  }

  @Test func aMaskMayBeGiven() throws {
    try disc("disc.png")
    try media.ffmpeg(
      "-f", "lavfi", "-i", "nullsrc=s=40x40,geq=lum='if(lt(X,10),255,0)':cb=128:cr=128", "-frames:v", "1", "mask.png")
    let mask = try MediaFile(path: media.path("mask.png"), name: "mask.png")
    #expect(isNear(try media.open("disc.png", mask: mask).subject, 0...0.25, 0...1))
  }

  @Test func aSubjectIsFoundOnceAndKept() throws {
    try disc("disc.png")
    let cache = media.path("cache")
    let first = try media.open("disc.png", cache: cache).subject
    #expect(try media.open("disc.png", cache: cache).subject == first && media.library.counted.subjects == 1)
    let later = PictureMedia()
    try FileManager.default.copyItem(atPath: media.path("disc.png"), toPath: later.path("other.png"))
    #expect(try later.open("other.png", cache: cache).subject == first && later.library.counted.subjects == 0)
  }

  @Test func ofAVideoItIsThatOfTheFirstFrameShown() throws {
    // A white square on the left for a second, then on the right.
    try media.ffmpeg(
      "-f", "lavfi", "-i",
      "nullsrc=s=160x90:r=12:d=2,geq=lum='if(between(X-if(lt(T,1),0,96),16,47)*between(Y,29,60),235,16)':cb=128:cr=128",
      "-c:v", "libx264", "-qp", "10", "clip.mp4")
    #expect(isNear(try media.open("clip.mp4").subject, 0.1...0.3, 0.32...0.68))
    #expect(isNear(try media.open("clip.mp4", first: 1.5).subject, 0.7...0.9, 0.32...0.68))
  }

  /// Where a scene's text stands.
  private func middle(of text: String, _ input: String) throws -> (u: Double, v: Double) {
    let graph = try media.graph(
      """
      video: {size: 320x180}
      inputs: {photo: \(input)}
      segments: [{duration: 1s, layers: [{image: photo}, {text: "HELLO\\nTHERE", grid: lg, \(text)}]}]
      """)
    let segment = graph.segments[0]
    guard case .text(let block) = segment.layers[1].source, case .number(let u) = segment[block.u].kind,
      case .number(let v) = segment[block.v].kind
    else { throw NoText() }
    return (u, v)
  }

  private struct NoText: Error {}

  @Test func textsKeepClearOfIt() throws {
    try disc("disc.png")
    let photo = "{image: disc.png}"
    func isLeft(_ text: String) throws -> Bool { try middle(of: text, photo).u < 0.4 }
    #expect(try isLeft("keep_clear: photo.subject, prefer: [right, left]"))
    #expect(try !isLeft("prefer: [right, left]"))
    #expect(try isLeft("keep_clear: photo.subject, prefer: [left, right]"))
    // Where nothing is clear, the place that hides least.
    #expect(try middle(of: "keep_clear: photo.subject, prefer: [right]", photo).u > 0.6)
    let bottom = try middle(of: "keep_clear: photo.subject", photo)
    #expect(bottom.v > 0.8 && abs(bottom.u - 0.5) < 1e-9)
  }

  /// The whole block of lines lies inside the picture, a twentieth of it from the edges, wherever it stands.
  @Test(arguments: ["1920x1080", "1080x1920", "640x360"], ["left", "center", "right"])
  func allLinesLieInThePicture(_ size: String, _ align: String) throws {
    try disc("disc.png")
    let words = "You don't have to be great to start, but you have to start to be great."
    for keys in ["", ", wrap: 20", ", wrap: 60, grid: {size: 66px}", ", prefer: [left]", ", prefer: [top_right]"] {
      let result = media.compilation(
        """
        video: {size: \(size)}
        inputs: {photo: {image: disc.png}}
        segments:
          - duration: 1s
            layers: [{image: photo}, {text: "\(words)", align: \(align), keep_clear: photo.subject\(keys)}]
        """)
      let scene = try #require(result.scene, "\(result.diagnostics.map(\.message))")
      #expect(FaceLibrary().fit(scene).map(\.message) == [], "\(keys)")
      let graph = scene.renderGraph(using: .builtin)
      let segment = graph.segments[0]
      guard case .text(let block) = segment.layers[1].source, case .number(let u) = segment[block.u].kind
      else { throw NoText() }
      let geometry = GridGeometry(grid: segment.layers[1].grid, format: graph.format, faces: FaceLibrary())
      let lines = TextLayout.wrap(
        block.text, width: TextLayout.width(wrap: block.wrap, styles: [], grid: geometry))
      let width = Double(lines.map(\.count).max()! * geometry.cellWidth) / Double(graph.format.width)
      let left: Double =
        switch block.alignment {
        case .left: u
        case .center: u - width / 2
        case .right: u - width
        }
      #expect(left > 0.045 && left + width < 0.955, "\(keys): \(left)…\(left + width)")
    }
  }

  @Test func itIsAFieldOfThePicture() throws {
    try disc("disc.png")
    let graph = try media.graph(
      """
      video: {size: 320x180}
      inputs: {photo: {image: disc.png}}
      segments: [{duration: 1s, layers: [{field: photo.subject}]}]
      """)
    let segment = graph.segments[0]
    let planes = PicturePlanes(segment, format: graph.format, library: media.library)
    let node = try #require(segment.nodes.firstIndex { if case .picture = $0.kind { true } else { false } })
    let base = try #require(planes.base(of: NodeID(node)))
    let (columns, rows, stride) = (Int(base[0]), Int(base[1]), Int(base[2]))
    func level(_ u: Double) -> Float { base[16 + rows / 2 * stride + Int(u * Double(columns))] }
    #expect(level(0.84) > 0.9 && level(0.2) == 0)
  }

  @Test(arguments: [
    ("{text: A, keep_clear: photo.luma}", "wrong_type"),
    ("{text: A, keep_clear: photo.subject, position: [0.5, 0.5]}", "conflicting_keys"),
    ("{text: A, keep_clear: photo.subject, prefer: [middle]}", "unknown_choice"),
    ("{image: photo, prefer: [left]}", "unknown_key"),
  ])
  func mistakesAreFound(_ layer: String, _ id: String) throws {
    try disc("disc.png")
    let found = media.compilation(
      "inputs: {photo: {image: disc.png}}\nsegments: [{duration: 1s, layers: [{field: photo.luma}, \(layer)]}]")
    #expect(found.diagnostics.map(\.id) == [id], "\(found.diagnostics.map(\.message))")
  }

  @Test func whatItDoesShowsAndNothingElse() throws {
    try disc("disc.png")
    try media.ffmpeg(
      "-f", "lavfi", "-i", "nullsrc=s=64x36,geq=lum='if(lt(X,32),255,0)':cb=128:cr=128", "-frames:v", "1", "left.png")
    /// Mean luma of the left and the right half of the picture, without their seam.
    func halves(_ layers: String) throws -> [Double] {
      let graph = try media.graph(
        """
        video: {size: 320x180}
        inputs: {photo: {image: disc.png, subject: left.png}}
        segments: [{duration: 1s, look: none, tone: none, layers: [\(layers)]}]
        """)
      let picture = Picture(width: 320, height: 180)
      try SceneRenderer(graph: graph, kernels: .best, pictures: media.library).render(frame: 0, into: picture)
      return [0..<140, 180..<320].map { columns in
        (0..<180).reduce(0) { sum, y in sum + columns.reduce(0) { $0 + Double(picture.row(y, plane: 0)[$1]) } }
          / (180 * 140)
      }
    }
    let plain = try halves("{image: photo, wash: 1}")
    #expect(plain[0] > 10 && plain[1] > 10)
    let cut = try halves("{image: photo, wash: 1, mask: photo.subject}")
    #expect(abs(cut[0] - plain[0]) < 0.5 && cut[1] == 0)
    let lit = try halves("{image: photo, wash: 1, brightness: 0.2 + 0.8 * photo.subject}")
    #expect(lit[0] > 0.95 * plain[0] && lit[1] < 0.3 * plain[1])
    let rim = try halves("{field: 1 - abs(2 * photo.subject - 1), wash: 0, color: \"#ffffff\"}")
    #expect(rim[0] < 1 && rim[1] < 1, "\(rim)")
  }

  // MARK: Programs that find it

  /// Keeps what it was asked in `asked`.
  private func detector(_ answer: String) throws -> SubjectDetector {
    try media.write("detector", Data("#!/bin/sh\ncat > '\(media.path("asked"))'\n\(answer)\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: media.path("detector"))
    return try SubjectDetector(path: media.path("detector"))
  }

  private func found(_ answer: String, cache: String? = nil) throws -> SubjectMask? {
    try media.library.open(
      MediaFile(path: media.path("disc.png"), name: "disc.png"), detector: try detector(answer), cacheFolder: cache
    ).subject
  }

  private struct Question: Decodable {
    var width, height: Int
    var rgb: Data
  }

  @Test func aProgramMayFindIt() throws {
    try disc("disc.png")
    #expect(isNear(try found("echo '{\"box\": [0.1, 0.2, 0.5, 0.75]}'"), 0.1...0.5, 0.2...0.75))
    let asked = try JSONDecoder().decode(Question.self, from: Data(contentsOf: URL(filePath: media.path("asked"))))
    #expect(asked.width == 160 && asked.height == 90 && asked.rgb.count == 3 * 160 * 90)
    let middle = 3 * (45 * 160 + 135)
    #expect(asked.rgb[middle] == 230 && asked.rgb[middle + 1] == 60 && asked.rgb[middle + 2] == 40)
    let mask = try found("echo '{\"mask\": {\"columns\": 2, \"rows\": 1, \"levels\": [0, 255]}}'")
    #expect(mask == SubjectMask(columns: 2, rows: 1, levels: [0, 255]))
    #expect(try found("echo '{}'")?.box == nil)
    // Ours is another.
    #expect(isNear(try media.open("disc.png").subject, 0.71...0.98, 0.26...0.74))
  }

  @Test func itIsAskedOnce() throws {
    try disc("disc.png")
    let cache = media.path("cache")
    let answer = "echo x >> '\(media.path("count"))'; echo '{\"box\": [0, 0, 1, 1]}'"
    for _ in 0..<2 { _ = try found(answer, cache: cache) }
    let other = PictureLibrary()
    _ = try other.open(
      MediaFile(path: media.path("disc.png")), detector: try detector(answer), cacheFolder: cache)
    #expect(try String(contentsOfFile: media.path("count"), encoding: .utf8) == "x\n" && other.counted.subjects == 0)
  }

  @Test func wrongAnswersAreErrors() throws {
    try disc("disc.png")
    let answers = [
      "", "nothing", "[]", "{\"box\": [0, 0, 2, 1]}", "{\"box\": [0.5, 0, 0.2, 1]}", "{\"box\": [0, 0, 1]}",
      "{\"box\": [\"0\", 0, 1, 1]}", "{\"mask\": {\"columns\": 2, \"rows\": 2, \"levels\": [1, 2, 3]}}",
      "{\"mask\": {\"columns\": 1, \"rows\": 1, \"levels\": [256]}}", "{\"mask\": 3}", "{\"box\": [0, 0, 1, 1]",
    ]
    for answer in answers {
      #expect(SubjectDetector.mask(answer: Array(answer.utf8)) == nil, "\(answer)")
    }
    for script in ["exit 3", "echo no", "head -c 3000000 /dev/zero", "kill -9 $$"] {
      let failure = #expect(throws: BuildFailure.self, "\(script)") { try found(script) }
      #expect(failure?.kind == .asset)
    }
    let none = #expect(throws: BuildFailure.self) { try SubjectDetector(path: media.path("disc.png")) }
    #expect(none?.kind == .missingProgram)
    #expect(throws: BuildFailure.self) { try SubjectDetector(path: media.path("missing")) }
    #expect(throws: BuildFailure.self) { try SubjectDetector(path: media.folder.path) }
  }

  @Test func base64IsThatOfTheStandard() {
    let known = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy",
    ]
    for (text, coded) in known { #expect(Base64.text(Array(text.utf8)) == coded) }
    #expect(Base64.text([0xFB, 0xFF]) == "+/8=")
  }
}

extension SubjectMask {
  /// The smallest box around what belongs to the subject by half, in shares of the picture; nil where nothing does.
  fileprivate var box: (u: ClosedRange<Double>, v: ClosedRange<Double>)? {
    let inside = levels.indices.filter { levels[$0] > 127 }
    guard let top = inside.first, let bottom = inside.last else { return nil }
    let across = inside.map { $0 % columns }
    func share(_ first: Int, _ last: Int, of count: Int) -> ClosedRange<Double> {
      Double(first) / Double(count)...Double(last + 1) / Double(count)
    }
    return (share(across.min()!, across.max()!, of: columns), share(top / columns, bottom / columns, of: rows))
  }
}
