/// How much a frame costs, as far as the text tells: SAFETY caps it, and authors should know what is slow.
extension Analyzer {
  /// Operations of one frame above which a scene is refused (SAFETY).
  private static let most = 1e10
  /// Operations of one layer above which a frame takes a tenth of a second or more on one core: measured with `profile`
  /// on an AVX-512 machine, 0.5 to 1 ns each.
  private static let slow = 2e8
  /// The same of one shader, whose strips are long: 0.02 ns each, and 0.2 where it reads neighbours.
  private static let slowShader = 5e8

  func reviewWork(of scene: CheckedScene) {
    var work = WorkEstimate(scene)
    var once = WorkEstimate(scene, counting: .operationsPerFrame)
    for segment in scene.segments {
      var total = 0.0
      let layers = segment.layers + scene.overlay.layers
      let values =
        layers.flatMap(\.parts).map { (span: $0.span, values: $0.expressions) }
        + (segment.look + layers.flatMap(\.looks).joined()).map { (span: $0.span, values: $0.expressions) }
      for (span, values) in values {
        let operations = once.count(of: values) * WorkUnits.scalar
        total += operations
        if total > Self.most {
          if !overrides.allowsHeavy { report(.tooHeavy(span, total)) }
          break
        }
      }
      if total > Self.most { continue }
      for layer in layers.flatMap(\.parts) {
        let cells = GridEstimate.cells(layer.grid, format)
        var operations = work.count(of: layer.maskPlace == .cells ? layer.expressions : layer.unmasked) * cells
        if layer.maskPlace == .pixels, let mask = layer.mask {
          operations += work.count(of: [mask]) * Double(format.width) * Double(format.height)
        }
        total += operations
        let isTooHeavy = total > Self.most
        if isTooHeavy, !overrides.allowsHeavy { report(.tooHeavy(layer.span, total)) }
        if isTooHeavy { break }
        if operations > Self.slow { report(.slow("layer", layer.span, operations)) }
      }
      let transition = segment.transition.map { [$0.call] } ?? []
      for shader in segment.look + layers.flatMap(\.looks).joined() + transition {
        let read = shader.perPixel
        if read.isEmpty { continue }
        let operations = work.count(of: read) * Double(format.width * format.height)
        total += operations
        if total > Self.most {
          if !overrides.allowsHeavy { report(.tooHeavy(shader.span, total)) }
          break
        }
        if operations > Self.slowShader { report(.slow("shader", shader.span, operations)) }
      }
    }
  }
}

extension CheckedShader {
  /// What it computes at every pixel.
  fileprivate var perPixel: [TypedExpression] {
    let fields = arguments.compactMap { if case .field(let value) = $0 { value } else { nil } }
    return fields + [color].compactMap { $0 }
  }
}

/// About how many cells a grid has, and how large they are; the renderer knows it exactly from its faces.
enum GridEstimate {
  /// Of a cell, in shares of the shorter side.
  static func height(_ grid: Grid) -> Double { 1.17 * grid.fontSize / 1080 }

  static func cells(_ grid: Grid, _ format: PictureFormat) -> Double {
    let shorter = Double(format.shorterSide)
    let (width, height) = (Double(format.width) * 1080 / shorter, Double(format.height) * 1080 / shorter)
    // A monospaced glyph is about 0.6 em wide and its line 1.17 em high.
    return width / (0.6 * grid.fontSize) * height / (1.17 * grid.fontSize)
  }
}

extension Diagnostic {
  fileprivate static func tooHeavy(_ span: Span, _ operations: Double) -> Diagnostic {
    Diagnostic(
      "too_heavy", "a frame takes about \(engineering(operations)) operations, and at most 1e10 are allowed", at: span,
      help: "shorten its loops or take a coarser grid; `--allow-heavy` renders it all the same")
  }

  fileprivate static func slow(_ what: String, _ span: Span, _ operations: Double) -> Diagnostic {
    Diagnostic(
      "slow_layer", .performance, "this \(what) takes about \(engineering(operations)) operations a frame", at: span,
      help: "\(what == "layer" ? "a coarser grid" : "fewer samples") or shorter loops make it faster")
  }

  /// Two digits and a power of ten.
  static func engineering(_ number: Double) -> String {
    var (mantissa, exponent) = (number, 0)
    while mantissa >= 10, exponent < 400 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    return "\(plain((mantissa * 10).rounded() / 10))e\(exponent)"
  }
}
