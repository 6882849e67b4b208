import Testing

@testable import Renderer
@testable import ascii_scene

@Suite struct OutputTests {
  @Test func theReportOfABuildHasItsPromisedMembers() {
    let report = BuildReport(
      output: "o.mp4", frames: 48, duration: 2, seconds: 0.5, clips: .init(total: 3, rendered: 1, cached: 2, damaged: 0)
    )
    #expect(
      BuildCommand.json(report).text
        == #"{"output":"o.mp4","frames":48,"duration":2.0,"seconds":0.5,"fps":96.0,"#
        + #""clips":{"total":3,"rendered":1,"cached":2,"damaged":0}}"#)
  }

  @Test func terminalsAreNotCommanded() {
    #expect("a\u{1B}[31mb\u{202E}c\nd".terminalSafe == "a\\u{1b}[31mb\\u{202e}c\nd")
  }

  @Test func theBarShowsShareRateAndRemainingTime() {
    let progress = BuildProgress(step: .rendering, frames: 480, renderedFrames: 120, clips: 4, finishedClips: 1)
    let text = ProgressText(progress: progress, elapsed: .seconds(3))
    #expect(text.bar == "[######------------------] 120/480 frames  25%  40.0 fps  ETA 0:09  clips 1/4")
    #expect(text.line == "clip 1/4 done: 120/480 frames, 40.0 fps")
    #expect(ProgressText.clock(3725) == "1:02:05")
  }

  @Test func nothingIsForetoldBeforeTheFirstFrame() {
    let progress = BuildProgress(step: .rendering, frames: 0, renderedFrames: 0, clips: 0, finishedClips: 0)
    #expect(ProgressText(progress: progress, elapsed: .zero).bar.hasSuffix("0/0 frames  0%  clips 0/0"))
  }

  @Test func failuresHaveTheCodesOfTheirKinds() {
    let codes: [(BuildFailure.Kind, ExitCode)] = [
      (.missingProgram, .missingProgram), (.asset, .scene), (.writing, .rendering), (.encoder, .rendering),
      (.rendering, .rendering), (.verification, .rendering), (.cancelled, .interrupted),
    ]
    for (kind, code) in codes { #expect(CommandFailure(BuildFailure(kind, "m")).code == code) }
  }
}
