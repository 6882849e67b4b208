import Testing

@testable import Renderer
@testable import ascii_scene

@Suite struct OutputTests {
  private let report = BuildReport(
    output: "o.mp4", frames: 48, outputFrames: 48, duration: 2, seconds: 0.5, joinSeconds: 0.25, clipBytes: 2_200_000,
    outputBytes: 2_100_000, clips: .init(total: 3, rendered: 1, cached: 2, damaged: 0),
    clipReports: [
      .init(frames: 0..<16, segments: ["a", "b"], fate: .reused),
      .init(
        frames: 16..<32, segments: ["c"], fate: .rendered(because: ["look of `c` changed", "sound of `c` is new"])),
      .init(frames: 32..<48, segments: ["d"], fate: .repeated),
    ])

  @Test func theReportOfABuildHasItsPromisedMembers() {
    let json =
      #"{"output":"o.mp4","frames":48,"duration":2.0,"seconds":0.5,"fps":96.0,"#
      + #""clips":{"total":3,"rendered":1,"cached":2,"damaged":0},"#
      + #""join":{"seconds":0.25,"inputBytes":2200000,"outputBytes":2100000},"#
      + #""warnings":["again"]"#
    #expect(BuildText.json(report, warnings: ["again"], showsReasons: false).text == json + "}")
    #expect(
      BuildText.json(report, warnings: ["again"], showsReasons: true).text == json + #","why":["#
        + #"{"first":0,"end":16,"segments":["a","b"],"fate":"reused","reasons":[]},"#
        + #"{"first":16,"end":32,"segments":["c"],"fate":"rendered","#
        + #""reasons":["look of `c` changed","sound of `c` is new"]},"#
        + #"{"first":32,"end":48,"segments":["d"],"fate":"repeated","reasons":[]}]}"#)
  }

  @Test func peopleReadWhatWasBuiltAndWhy() {
    #expect(
      BuildText.summary(report)
        == "o.mp4: 48 frames, 2.0 s; built in 0.5 s, 96.0 fps; 3 clips: 1 rendered, 2 cached; joined 2.2 MB in 0.3 s\n")
    var other = report
    other.output = "o.webm"
    #expect(BuildText.summary(other).hasSuffix("; encoded 2.1 MB in 0.3 s\n"))
    #expect(
      BuildText.reasons(report) == """
        clip 1  frames 0..16  a, b: reused
        clip 2  frames 16..32  c: rendered: look of `c` changed; sound of `c` is new
        clip 3  frames 32..48  d: the same as an earlier clip

        """)
  }

  @Test func terminalsAreNotCommanded() {
    #expect("a\u{1B}[31mb\u{202E}c\nd".terminalSafe == "a\\u{1b}[31mb\\u{202e}c\nd")
  }

  @Test func theBarShowsShareRateAndRemainingTime() {
    var progress = BuildProgress(frames: 480, clips: 4, workers: 2)
    progress.renderedFrames = 120
    progress.finishedClips = 1
    progress.longestShare = 180
    let text = ProgressText(progress: progress, elapsed: .seconds(3))
    let bar = "[######------------------] 120/480 frames  25%  40.0 fps  ETA 0:09  clips 1/4  2 workers, 2 rounds"
    #expect(text.bar(narrowerThan: 100) == bar)
    #expect(text.line == "clip 1/4 done: 120/480 frames, 40.0 fps, ETA 0:09")
    #expect(text.heading == "rendering 4 clips (480 frames) with 2 workers in 2 rounds")
    #expect(ProgressText.clock(3725) == "1:02:05")
  }

  /// A line that wraps cannot be drawn over: the terminal would fill with bars.
  @Test func theBarIsNarrowerThanTheTerminal() {
    var progress = BuildProgress(frames: 480, clips: 4, workers: 2)
    progress.renderedFrames = 120
    let text = ProgressText(progress: progress, elapsed: .seconds(3))
    let whole = text.bar(narrowerThan: 200)
    for columns in 1...120 {
      let bar = text.bar(narrowerThan: columns)
      #expect(bar.count < columns, "\(columns) columns: \(bar)")
      #expect(bar == whole || whole.count >= columns)
    }
    #expect(
      text.bar(narrowerThan: 80) == "[######------------------] 120/480 frames  25%  40.0 fps  ETA 0:24  clips 0/4")
    #expect(text.bar(narrowerThan: 40) == "120/480 frames  25%")
  }

  /// What is encoded anew after the clips has frames of its own.
  @Test func theBarCountsFramesThatAreEncodedAnew() {
    var progress = BuildProgress(frames: 48, clips: 0, workers: 0)
    progress.step = .encoding
    progress.renderedFrames = 12
    let text = ProgressText(progress: progress, elapsed: .seconds(3))
    #expect(text.bar(narrowerThan: 80) == "[######------------------] 12/48 frames  25%  encoding")
    #expect(text.encodingLine == "encoding 48 frames")
  }

  /// The last of two clips runs on one worker: at the speed of one, not of both.
  @Test func theLastClipIsForetoldAtTheSpeedOfOneWorker() {
    var progress = BuildProgress(frames: 300, clips: 2, workers: 2)
    progress.renderedFrames = 200
    progress.longestShare = 100
    #expect(ProgressText(progress: progress, elapsed: .seconds(10)).remaining == 10)
  }

  @Test func nothingIsForetoldBeforeTheFirstFrame() {
    let progress = BuildProgress(frames: 0, clips: 0, workers: 0)
    let bar = ProgressText(progress: progress, elapsed: .zero).bar(narrowerThan: 80)
    #expect(bar.hasSuffix("0/0 frames  0%  clips 0/0  0 workers, 0 rounds"))
  }

  @Test func failuresHaveTheCodesOfTheirKinds() {
    let codes: [(BuildFailure.Kind, ExitCode)] = [
      (.missingProgram, .missingProgram), (.asset, .scene), (.writing, .rendering), (.encoder, .rendering),
      (.rendering, .rendering), (.verification, .rendering), (.cancelled, .interrupted),
    ]
    for (kind, code) in codes { #expect(CommandFailure(BuildFailure(kind, "m")).code == code) }
  }
}
