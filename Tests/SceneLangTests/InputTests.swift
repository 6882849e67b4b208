import Testing

@testable import SceneLang

@Suite struct InputTests {
  private static let content = PictureContent(high: 1, low: 2)
  private static let video = PictureFacts(
    content: content, width: 320, height: 180, frameCount: 240, duration: 10, colors: [RGB(0, 0, 0), RGB(255, 0, 0)])
  private static let still = PictureFacts(content: content, width: 300, height: 400, colors: [RGB(9, 9, 9)])

  private func compile(_ text: String) -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array(("ascii-scene: 1\n" + text).utf8), using: TestCatalog.catalog,
      inputReader: { request in
        switch request.kind {
        case .video: request.path == "no.mp4" ? .failure(InputFailure(message: "cannot read it")) : .success(Self.video)
        case .image, .images: .success(Self.still)
        }
      })
  }

  private func findings(_ inputs: String, layer: String = "field: clip.luma") -> [String] {
    compile("inputs: {\(inputs)}\nsegments: [{duration: 2s, layers: [{\(layer)}]}]").diagnostics.map(\.id)
  }

  @Test func membersOfInputsAreValues() {
    for layer in [
      "field: clip.luma", "field: clip.edges * clip.alpha", "field: clip.red, color: clip.color",
      "field: clip.motion, color: clip.gradient", "field: plasma, mask: clip.luma", "video: clip",
      "field: \"at(clip.luma, x=x + 0.1, t=t - 0.5s)\"", "field: plasma, from: clip.end - 9s",
    ] { #expect(findings("clip: {video: a.mp4}", layer: layer) == [], "\(layer)") }
    #expect(findings("clip: {image: a.png, fit: contain}", layer: "image: clip") == [])
  }

  @Test func aVideoIsNoImageAndAStillIsNoVideo() {
    func ids(_ input: String, _ facts: PictureFacts) -> [String] {
      check(
        path: "scene.yaml", name: "scene",
        bytes: Array(
          "ascii-scene: 1\ninputs: {clip: {\(input)}}\nsegments: [{duration: 2s, layers: [field: clip.luma]}]".utf8),
        using: TestCatalog.catalog, inputReader: { _ in .success(facts) }
      ).diagnostics.map(\.id)
    }
    var (film, frame) = (Self.video, Self.still)
    (film.isFilm, frame.isFilm) = (true, true)
    #expect(ids("image: a.mkv", film) == ["unreadable_file"])
    #expect(ids("video: a.png", Self.still) == ["unreadable_file"])
    // An animation is either, and a video may have one frame.
    #expect(ids("image: a.gif", Self.video) == [])
    #expect(ids("video: a.gif", Self.video) == [])
    #expect(ids("video: a.mkv", film) == [])
    #expect(ids("video: a.mkv", frame) == [])
  }

  @Test func mistakesAreFound() {
    #expect(findings("clip: {}") == ["missing_key"])
    #expect(findings("clip: {video: a.mp4, image: b.png}") == ["conflicting_keys"])
    #expect(findings("clip: {video: no.mp4}") == ["unreadable_file"])
    #expect(findings("clip: {video: ../a.mp4}") == ["path_outside"])
    #expect(findings("clip: {video: /a.mp4}") == ["path_outside"])
    #expect(findings("clip: {video: a.mp4, fps: 12}") == ["unknown_key"])
    #expect(findings("clip: {image: a.png, speed: 2}") == ["unknown_key"])
    #expect(findings("clip: {video: a.mp4, from: 4s, to: 3s}") == ["empty_range"])
    #expect(findings("clip: {video: a.mp4, from: 11s}") == ["out_of_range"])
    #expect(findings("clip: {video: a.mp4, speed: 99}") == ["out_of_range"])
    #expect(findings("clip: {video: a.mp4}", layer: "field: clip.lumma") == ["unknown_name"])
    #expect(findings("clip: {video: a.mp4}", layer: "field: clip") == ["unknown_name"])
    #expect(findings("clip: {video: a.mp4}", layer: "video: clop") == ["unknown_name"])
    #expect(findings("clip: {video: a.mp4}", layer: "field: \"at(clip.luma, t=t - x)\"") == ["wrong_rate"])
    #expect(findings("clip: {image: a.png}", layer: "field: \"at(clip.luma, t=t - x)\"") == [])
  }

  /// What is wrong is the file that cannot be read: the picture's or its mask's.
  @Test func aBadMaskIsReportedAtItsPath() {
    func place(_ broken: String) -> String {
      let result = check(
        path: "scene.yaml", name: "scene",
        bytes: Array(
          "ascii-scene: 1\ninputs: {a: {image: a.png, subject: mask.png}}\nsegments: [{duration: 2s, layers: [image: a]}]\n"
            .utf8), using: TestCatalog.catalog,
        inputReader: { request in
          request.path == broken || request.mask == broken
            ? .failure(InputFailure(message: "cannot read `\(broken)`")) : .success(Self.still)
        })
      return TestCatalog.rendered(result)
    }
    for (broken, column) in [("a.png", 21), ("mask.png", 37)] {
      #expect(
        place(broken) == """
          error[unreadable_file]: cannot read `\(broken)`
           --> scene.yaml:2:\(column)
          2 | inputs: {a: {image: a.png, subject: mask.png}}
            | \(String(repeating: " ", count: column - 1))\(String(repeating: "^", count: broken.count))

          """)
    }
  }

  @Test func picturesAreLaidOverTheScene() {
    func extent(_ fit: PictureInput.Fit, _ width: Int, _ height: Int) -> [Double] {
      let input = PictureInput(content: Self.content, fit: fit, width: width, height: height)
      let extent = input.extent(in: PictureFormat(width: 1600, height: 800, fps: FrameRate(24)))
      return [extent.width, extent.height]
    }
    #expect(extent(.cover, 100, 100) == [2, 2] && extent(.contain, 100, 100) == [1, 1])
    #expect(extent(.stretch, 100, 100) == [2, 1] && extent(.cover, 800, 100) == [8, 1])
    #expect(extent(.contain, 800, 100) == [2, 0.25])
  }
}
