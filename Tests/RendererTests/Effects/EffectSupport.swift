import SceneLang
import Testing

@testable import Renderer

/// An effect that stands alone: advanced by hand, drawn into cells of its own.
struct LoneEffect {
  let cells: EffectCells
  private var op: any EffectOp
  private let parameters: [ParameterDeclaration]
  private let planes: [AlignedBuffer<Float>]
  private let values: [CallArguments.Value]

  /// `numbers` and `fields` by parameter; numbers left out are their defaults, or `defaults` where that is an expression.
  init(
    _ type: any EffectOp.Type, geometry: GridGeometry, numbers: [String: Double] = [:], words: [String: String] = [:],
    fields: [String: (_ column: Int, _ row: Int) -> Float] = [:], seed: UInt64 = 1, characters: Int = 10
  ) {
    op = type.init(
      EffectSetting(
        geometry: geometry, seed: seed, characterCount: characters, kernels: KernelSet(.best).field))
    cells = EffectCells(geometry: geometry)
    parameters = type.declaration.parameters
    var planes: [AlignedBuffer<Float>] = []
    let stride = cells.stride
    values = parameters.map { parameter in
      switch parameter.type {
      case .field:
        let plane = AlignedBuffer<Float>(count: stride * geometry.rows)
        planes.append(plane)
        for row in 0..<geometry.rows {
          for column in 0..<geometry.columns {
            plane.base[row * stride + column] = fields[parameter.name]?(column, row) ?? 0
          }
        }
        return .field(CellField(columns: geometry.columns, rows: geometry.rows, stride: stride, values: plane.base))
      case .choice, .text: return .word(words[parameter.name] ?? parameter.default!)
      case .boolean: return .number(numbers[parameter.name] ?? (parameter.default == "true" ? 1 : 0))
      default: return .number(numbers[parameter.name] ?? parameter.default.flatMap(Double.init) ?? 0)
      }
    }
    self.planes = planes
  }

  private var arguments: CallArguments { CallArguments(parameters, values) }

  mutating func advance(ticks: Range<Int>) {
    for tick in ticks { op.advance(arguments, tick: tick) }
  }

  func draw(ahead: Double = 0) {
    cells.clear()
    op.draw(arguments, ahead: ahead, into: cells)
  }

  func value(_ column: Int, _ row: Int) -> Float { cells.values[row * cells.stride + column] }
  func energy(_ column: Int, _ row: Int) -> Float { cells.energies[row * cells.stride + column] }
  func symbol(_ column: Int, _ row: Int) -> UInt16 { cells.symbols[row * cells.stride + column] }
  func column(_ column: Int) -> [Float] { (0..<cells.rows).map { value(column, $0) } }
}

/// A scene compiled with the real catalogue.
func compiledScene(
  _ layers: String, duration: String = "8s", fps: String = "24", size: String = "480x270", header: String = ""
) -> RenderGraph {
  let text = """
    ascii-scene: 1
    video: {fps: \(fps), size: \(size)}
    \(header)
    segments:
      - duration: \(duration)
        tone: {exposure: none}
        look: none
        layers:
    \(layers.split(separator: "\n").map { "      - \($0)" }.joined(separator: "\n"))
    """
  let result = check(path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: .builtin)
  guard let scene = result.scene else {
    fatalError(DiagnosticRenderer(sources: result.sources).render(result.diagnostics))
  }
  return scene.renderGraph(using: .builtin)
}

/// Hashes of frames by a fresh renderer, in the order given.
func hashes(
  _ graph: RenderGraph, frames: [Int], snapshots: SharedSnapshots = SharedSnapshots(),
  kernels: KernelLevel = .best
) -> [String] {
  let renderer = SceneRenderer(graph: graph, kernels: kernels, snapshots: snapshots)
  let picture = Picture(width: graph.format.width, height: graph.format.height)
  return frames.map { frame in
    do { try renderer.render(frame: frame, into: picture) } catch { fatalError("\(error)") }
    return picture.hash
  }
}

/// The box of the pixels of a scene's first frame that are lit, green above half.
func litBox(_ layer: String, size: String) throws -> (x: ClosedRange<Int>, y: ClosedRange<Int>) {
  let graph = compiledScene(layer, size: size)
  let picture = Picture(width: graph.format.width, height: graph.format.height)
  try SceneRenderer(graph: graph, kernels: .best).render(frame: 0, into: picture)
  var (columns, rows) = (Set<Int>(), Set<Int>())
  for y in 0..<picture.height {
    for x in 0..<picture.width where picture[x, y].green > 127 {
      columns.insert(x)
      rows.insert(y)
    }
  }
  let (left, right) = (try #require(columns.min()), try #require(columns.max()))
  return (left...right, rows.min()!...rows.max()!)
}
