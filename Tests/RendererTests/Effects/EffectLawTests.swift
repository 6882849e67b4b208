import Foundation
import SceneLang
import Testing

@testable import Renderer

/// What holds for every effect and particle system.
struct EffectLawTests {
  @Test func everyFileOfAnEffectIsInTheList() throws {
    let ops = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Renderer/Ops")
    let files = try FileManager.default.contentsOfDirectory(atPath: ops.appending(path: "Effects").path)
    #expect(EffectOps.effects.map { "\($0).swift" } == files.sorted())
    #expect(EffectOps.effects.allSatisfy { $0.declaration.kind == .effect })
  }

  @Test(arguments: EffectOps.all.map { $0.declaration })
  func isDeclaredWhole(_ declaration: OpDeclaration) {
    #expect(declaration.kind == .effect || declaration.kind == .particles)
    #expect(declaration.summary.hasSuffix("."))
    #expect(declaration.parameters.allSatisfy { !$0.doc.isEmpty && $0.default != nil })
    #expect(declaration.example.hasPrefix("\(declaration.kind.rawValue): "))
  }

  @Test(arguments: EffectOps.all.map { $0.declaration })
  func theExampleDrawsSomethingThatMoves(_ declaration: OpDeclaration) {
    let graph = compiledScene("{\(declaration.example.quotedValue)}")
    let black = Picture(width: 480, height: 270).hash
    let found = hashes(graph, frames: [20, 40, 60])
    #expect(Set(found).count == 3 && !found.contains(black))
  }

  /// Any split into clips, any order of frames: what a frame shows depends on the frame alone.
  @Test(arguments: EffectOps.all.map { $0.declaration })
  func aFrameIsTheSameWhateverWasShownBefore(_ declaration: OpDeclaration) {
    let graph = compiledScene("{\(declaration.example.quotedValue)}")
    let whole = hashes(graph, frames: Array(stride(from: 0, through: 120, by: 12)))
    let snapshots = SharedSnapshots()
    #expect(hashes(graph, frames: [120], snapshots: snapshots) == [whole[10]])
    // A second worker starts from the snapshot that the first one left at tick 96, and then goes back.
    #expect(hashes(graph, frames: [108, 36, 108], snapshots: snapshots) == [whole[9], whole[3], whole[9]])
  }

  @Test(arguments: EffectOps.all.map { $0.declaration })
  func theFrameRateChangesNothing(_ declaration: OpDeclaration) {
    let layer = "{\(declaration.example.quotedValue)}"
    let slow = hashes(compiledScene(layer), frames: [0, 30, 100])
    #expect(hashes(compiledScene(layer, fps: "48"), frames: [0, 60, 200]) == slow)
    #expect(hashes(compiledScene(layer, fps: "12"), frames: [0, 15, 50]) == slow)
  }

  /// A clock that has run away stands still, thirty years from its beginning.
  @Test(
    arguments: (EffectOps.all.map { $0.declaration } + CellEffects.all.map { $0.declaration }).filter {
      $0.parameters.contains { $0.name == "time" }
    })
  func noClockIsTooLate(_ declaration: OpDeclaration) {
    func hash(_ time: String) -> [String] {
      let call = "{\(declaration.name): {time: \"\(time)\"}}"
      let layer =
        declaration.kind == .cellEffect
        ? "{field: 0.5 + 0.4 * sin(9 * x), effects: [\(call)]}" : "{\(declaration.kind.rawValue): \(call)}"
      return hashes(compiledScene(layer, size: "240x136"), frames: [30])
    }
    #expect(hash("exp(800 + t)") == hash("1e9"))
    #expect(hash("-exp(800 + t)") == hash("-1e9"))
  }

  @Test func everyInstructionSetDrawsTheSame() {
    let layers = EffectOps.all.map { "{\($0.declaration.example.quotedValue)}" }.joined(separator: "\n")
    let graph = compiledScene(layers)
    let levels = KernelLevel.allCases.filter(\.isSupported)
    #expect(Set(levels.map { hashes(graph, frames: [50], kernels: $0) }).count == 1)
  }

  @Test func ticksOfFramesAreExact() {
    #expect((0..<5).map { FrameRate(24).tick(ofFrame: $0) } == [0, 1, 2, 3, 4])
    #expect((0..<5).map { FrameRate(60).tick(ofFrame: $0) } == [0, 0, 0, 1, 1])
    #expect(FrameRate(12).tick(ofFrame: 7) == 14)
    #expect(FrameRate(24000, 1001).tick(ofFrame: 1000) == 1001)
    #expect(abs(FrameRate(60).secondsSinceTick(ofFrame: 1) - 1.0 / 60) < 1e-15)
    #expect(FrameRate(24).secondsSinceTick(ofFrame: 77) == 0)
  }

  @Test func keysTellLayersApart() {
    let two = hashes(compiledScene("{effect: matrix_rain, name: a}"), frames: [30])
    #expect(hashes(compiledScene("{effect: matrix_rain, name: b}"), frames: [30]) != two)
  }
}

extension String {
  /// The value of a `key: value` example in quotes, as flow style wants it.
  fileprivate var quotedValue: String {
    guard let colon = range(of: ": ") else { return self }
    return "\(self[..<colon.lowerBound]): \"\(self[colon.upperBound...])\""
  }
}
