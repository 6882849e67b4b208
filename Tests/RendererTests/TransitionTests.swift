import SceneLang
import Testing

@testable import Renderer

/// Every transition of the catalogue over two pictures, with its default arguments.
@Suite struct TransitionTests {
  private static let names = Transitions.all.map(\.declaration.name)

  /// A picture in which no two neighbours are equal.
  private static func picture(_ width: Int, _ height: Int, seed: Int) -> Picture {
    let picture = Picture(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        for plane in 0..<3 { picture.row(y, plane: plane)[x] = UInt8((x * 37 + y * 101 + plane * 59 + seed) % 256) }
      }
    }
    return picture
  }

  /// The declared defaults as values.
  private static func arguments(_ op: TransitionOp) -> ShaderArguments {
    ShaderArguments(
      values: op.declaration.parameters.map { parameter in
        let text = parameter.default ?? ""
        switch parameter.type {
        case .choice: return .choice(text)
        case .color: return .color(red: 0, green: 0, blue: 0)
        case .field: return .field
        default:
          let number = Double(text.prefix { $0.isNumber || $0 == "." }) ?? 0
          return .number(text.hasSuffix("px") ? number / 1080 : number)
        }
      })
  }

  private static func mixed(
    _ name: String, _ width: Int, _ height: Int, progress: Double, kernels: KernelLevel = .baseline,
    change: (inout ShaderArguments) -> Void = { _ in }
  ) -> Picture {
    let op = Transitions.op(name)
    let setting = TransitionSetting(width: width, height: height, kernels: KernelSet(kernels).pixel, seed: 7)
    let (old, new) = (picture(width, height, seed: 3), picture(width, height, seed: 128))
    let (transition, out) = (op.make(setting), Picture(width: width, height: height))
    var arguments = arguments(op)
    change(&arguments)
    if let transition = transition as? any FieldTransition { transition.field = ramp(width, height, kernels) }
    transition.begin(progress: progress, arguments, frame: 5)
    for y in 0..<height { transition.row(y, from: old, to: new, into: out.pixelRow(y)) }
    return out
  }

  /// The field `u`: 0 on the left, 1 on the right.
  static func ramp(_ width: Int, _ height: Int, _ kernels: KernelLevel) -> PixelField {
    let segment = SegmentGraph(
      name: "ramp", frames: 0..<1, nodes: [Node(.input(.u), rate: .column)], layers: [],
      tone: Tone(exposure: .none, gamma: 1), shaders: [])
    let field = PixelField(
      NodeID(0), in: segment, simulations: nil, width: width, height: height, kernels: KernelSet(kernels))
    let format = PictureFormat(width: width, height: height, fps: FrameRate(24))
    let graph = RenderGraph(format: format, audio: nil, tempo: 120, segments: [segment])
    field.begin(graph.context(segment: 0, frame: 0))
    return field
  }

  @Test(arguments: names, [(1, 1), (67, 45), (32, 90)])
  func bothEndsAreWholePictures(name: String, size: (Int, Int)) {
    #expect(Self.mixed(name, size.0, size.1, progress: 0).hash == Self.picture(size.0, size.1, seed: 3).hash)
    #expect(Self.mixed(name, size.0, size.1, progress: 1).hash == Self.picture(size.0, size.1, seed: 128).hash)
  }

  @Test(arguments: names) func everyKernelMixesTheSameBits(name: String) {
    for progress in [0.2, 0.5, 0.77] {
      let hashes = KernelLevel.allCases.filter(\.isSupported).map {
        Self.mixed(name, 67, 45, progress: progress, kernels: $0).hash
      }
      #expect(Set(hashes).count == 1, "at \(progress)")
    }
  }

  @Test(arguments: names) func theMiddleIsNeitherPicture(name: String) {
    let middle = Self.mixed(name, 67, 45, progress: 0.45).hash
    #expect(middle != Self.picture(67, 45, seed: 3).hash && middle != Self.picture(67, 45, seed: 128).hash)
  }

  @Test func aLumaFadeShowsBrightOrDarkPixelsFirst() {
    let new = Self.picture(67, 45, seed: 128)
    for (first, isBright) in [("bright", true), ("dark", false)] {
      let out = Self.mixed("luma_fade", 67, 45, progress: 0.5) {
        $0.values[1] = .choice(first)
        $0.values[2] = .number(0)
      }
      let old = Self.picture(67, 45, seed: 3)
      for x in 0..<67 {
        let (r, g, b) = (new.row(9, plane: 0)[x], new.row(9, plane: 1)[x], new.row(9, plane: 2)[x])
        let luma = 0.2126 * Double(r) + 0.7152 * Double(g) + 0.0722 * Double(b)
        if abs(luma - 127.5) < 1 { continue }
        let isNew = (luma > 127.5) == isBright
        #expect(out.row(9, plane: 0)[x] == (isNew ? r : old.row(9, plane: 0)[x]), "\(first), pixel \(x)")
      }
    }
  }

  @Test(arguments: [0.0, 0.3, 1])
  func aFieldIsFollowedFromLowToHigh(_ softness: Double) {
    let (old, new) = (Self.picture(67, 45, seed: 3), Self.picture(67, 45, seed: 128))
    for progress in [0, 0.3, 0.7, 1] {
      let out = Self.mixed("mask", 67, 45, progress: progress) { $0.values[2] = .number(softness) }
      for x in 0..<67 {
        let place = (Double(x) + 0.5) / 67
        let reach = progress * (1 + softness)
        let share = progress == 1 ? 1 : min(max((reach - place) / max(softness, 1e-6), 0), 1)
        for plane in 0..<3 {
          let (a, b) = (Double(old.row(7, plane: plane)[x]), Double(new.row(7, plane: plane)[x]))
          #expect(abs(Double(out.row(7, plane: plane)[x]) - (a + (b - a) * share)) <= 1, "\(x) at \(progress)")
        }
      }
    }
  }

  @Test func aZoomShowsTheMiddleOfTheOldPicture() {
    // At progress 0.5 and scale 3 the old picture is twice as large.
    let out = Self.mixed("zoom", 64, 32, progress: 0.5)
    let (old, new) = (Self.picture(64, 32, seed: 3), Self.picture(64, 32, seed: 128))
    for (x, y) in [(0, 0), (31, 15), (32, 16), (63, 31), (10, 20)] {
      let (from, to) = (old.row(8 + y / 2, plane: 1)[16 + x / 2], new.row(y, plane: 1)[x])
      #expect(abs(Double(out.row(y, plane: 1)[x]) - (Double(from) + Double(to)) / 2) <= 1)
    }
  }

  @Test(arguments: ["circle", "diamond", "square", "star"])
  func anIrisOpensInItsShape(_ shape: String) throws {
    let (width, height) = (91, 67)
    let out = Self.mixed("iris", width, height, progress: 0.4) {
      $0.values[3] = .number(0)
      $0.values[4] = .choice(shape)
    }
    let iris = try #require(IrisShape(rawValue: shape))
    let (old, new) = (Self.picture(width, height, seed: 3), Self.picture(width, height, seed: 128))
    let reach = iris.reach(Double(width) / 2, Double(height) / 2)
    for y in 0..<height {
      for x in 0..<width {
        let size = iris.size(Double(x) + 0.5 - Double(width) / 2, Double(y) + 0.5 - Double(height) / 2) / reach
        if abs(size - 0.4) < 1e-4 { continue }
        #expect(out[x, y] == (size < 0.4 ? new : old)[x, y], "\(x), \(y)")
      }
    }
  }

  @Test func aStarHasItsTipsAndDentsWhereAPentagramHasThem() {
    for corner in 0..<5 {
      let tip = Double(corner) * 2 * .pi / 5
      let (dent, radius) = (tip + .pi / 5, 0.381_966_011_25)
      #expect(abs(IrisShape.star.size(ScalarMath.sin(tip), -ScalarMath.cos(tip)) - 1) < 1e-6)
      #expect(
        abs(IrisShape.star.size(radius * ScalarMath.sin(dent), -radius * ScalarMath.cos(dent)) - 1) < 1e-6)
    }
  }

  @Test(arguments: ["noise", "blinds", "checker", "rings", "spiral"])
  func aPatternGoesOverPixelByPixelAndNeverBack(_ pattern: String) {
    let (old, new) = (Self.picture(67, 45, seed: 3), Self.picture(67, 45, seed: 128))
    var before = 0
    for progress in [0.2, 0.4, 0.6, 0.8] {
      let out = Self.mixed("mask_wipe", 67, 45, progress: progress) {
        $0.values[1] = .choice(pattern)
        $0.values[2] = .number(0.4)
        $0.values[3] = .number(0)
      }
      let place = WipePattern(pattern, size: 0.4, seed: 7, width: 67, height: 45)
      var count = 0
      for y in 0..<45 {
        for x in 0..<67 where abs(place.place(x, y) - progress) > 1e-4 {
          let isNew = place.place(x, y) < progress
          #expect(out[x, y] == (isNew ? new : old)[x, y])
          if isNew { count += 1 }
        }
      }
      #expect(count > before)
      before = count
    }
  }

  @Test func charactersGoOverOneByOneWhileColorsGoOverEvenly() {
    let (width, height) = (60, 48)
    for progress in [0.25, 0.5, 0.75] {
      // Cells of 12 × 20 pixels, the last row cut off.
      let out = Self.mixed("cell_crossfade", width, height, progress: progress) { $0.values[1] = .number(20.0 / 48) }
      let pictures = [Self.picture(width, height, seed: 3), Self.picture(width, height, seed: 128)]
      var swapped = 0
      for row in 0..<3 {
        for column in 0..<5 {
          let xs = column * 12..<column * 12 + 12
          let ys = row * 20..<min(row * 20 + 20, height)
          func mean(_ picture: Picture) -> Double {
            ys.reduce(0.0) { sum, y in xs.reduce(sum) { $0 + Double(picture.row(y, plane: 0)[$1]) } }
              / Double(xs.count * ys.count)
          }
          let wanted = (1 - progress) * mean(pictures[0]) + progress * mean(pictures[1])
          #expect(abs(mean(out) - wanted) < 4, "cell \(column), \(row)")
          if TransitionOp.threshold(column, row, 7) < progress { swapped += 1 }
        }
      }
      #expect((1...14).contains(swapped))
    }
  }

  /// Red becomes blue by way of purple, in cells that show the old picture and in those that show the new one.
  @Test func oneColorGoesOverIntoAnother() {
    let (width, height) = (60, 40)
    let (red, blue) = (Picture(width: width, height: height), Picture(width: width, height: height))
    for y in 0..<height {
      for x in 0..<width {
        red.row(y, plane: 0)[x] = 255
        blue.row(y, plane: 2)[x] = 255
      }
    }
    for progress in [0.25, 0.5, 0.75] {
      let setting = TransitionSetting(width: width, height: height, kernels: KernelSet(.best).pixel, seed: 7)
      let op = Transitions.op("cell_crossfade")
      let (transition, out) = (op.make(setting), Picture(width: width, height: height))
      var arguments = Self.arguments(op)
      arguments.values[1] = .number(0.5)
      transition.begin(progress: progress, arguments, frame: 5)
      for y in 0..<height { transition.row(y, from: red, to: blue, into: out.pixelRow(y)) }
      for (x, y) in [(0, 0), (20, 10), (31, 25), (59, 39)] {
        let pixel = out[x, y]
        #expect(abs(Double(pixel.red) - 255 * (1 - progress)) <= 2 && pixel.green == 0, "\(x), \(y): \(pixel)")
        #expect(abs(Double(pixel.blue) - 255 * progress) <= 2, "\(x), \(y): \(pixel)")
      }
    }
  }

  /// What a scene says of a transition: fields need one.
  static func call(_ name: String) -> String {
    name == "mask" ? "mask: {field: \"0.5 + 0.4 * sin(9 * angle) * dist\", " : "\(name): {"
  }

  /// A frame in a transition is the same whichever frame is rendered first, as where clips begin.
  @Test(arguments: names) func framesDoNotDependOnWhereAClipBegins(_ name: String) throws {
    let text = """
      ascii-scene: 1
      video: {size: 160x90, fps: 12}
      segments:
        - {duration: 1s, layers: [field: plasma]}
        - duration: 1s
          let: {growth: reaction_diffusion}
          transition: {\(Self.call(name).replacing("dist", with: "growth"))duration: 0.8s, ease: in_out_cubic}}
          layers: [field: "mix(tunnel, growth, 0.2)"]
      """
    let scene = try #require(check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin).scene)
    let graph = scene.renderGraph(using: .builtin)
    let forth = try FrameHashes(graph: graph, kernels: .best).of(10..<24, workers: 1)
    #expect(try FrameHashes(graph: graph, kernels: .best).of(10..<24, workers: 3) == forth)
    for first in [13, 17, 20] {
      #expect(try FrameHashes(graph: graph, kernels: .best).of(first..<24, workers: 1) == Array(forth[(first - 10)...]))
    }
  }
}
