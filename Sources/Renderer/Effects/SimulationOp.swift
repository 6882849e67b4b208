import KernelTable
import SceneLang

/// A field with a state: cells of its own that change tick by tick (1/24 s whatever the frame rate), read by layers at any
/// coordinates.
///
/// The value is the state: a copy of it is a snapshot. All randomness is a hash of the key of the call.
protocol SimulationOp: Sendable {
  /// Of kind `field`, not stateless, with a parameter `grid`.
  static var declaration: OpDeclaration { get }
  /// Whether what leaves it on one side comes in on the other: moved, it goes on for ever. Else there is nothing beside it.
  static var isTorus: Bool { get }

  /// The state before tick 0.
  init(_ setting: SimulationSetting)
  /// One tick. Tick 0 belongs to the segment's first frame, so no frame shows the state before it.
  mutating func advance(_ arguments: CallArguments, tick: Int)
  /// Writes what the state shows, 0…1.
  func write(into plane: SimulationPlane)
}

extension SimulationOp {
  static var isTorus: Bool { true }
}

/// What a simulation is made for.
struct SimulationSetting: Sendable {
  /// Square cells, so that shapes are round; `columns` is a multiple of 16.
  var columns: Int
  var rows: Int
  /// The randomness key of the call.
  var seed: UInt64
  var kernels: KernelSet

  /// Takes another beginning for every number but 42, which leaves the key as it is.
  mutating func reseed(_ number: Int) { seed &+= UInt64(bitPattern: Int64(number - 42)) &* 0xD1B5_4A32_D192_ED03 }

  /// Uniform in [0, 1): one number for each index of each role.
  func random(_ role: Int, _ index: Int, _ turn: Int = 0) -> Double {
    CellHash.unit(seed: seed &+ UInt64(bitPattern: Int64(role)) &* 0x9E37_79B9_7F4A_7C15, column: index, row: turn)
  }
}

extension SimulationSetting {
  /// Cells about as wide as those of a grid of characters (0.6 of the font size).
  init(fontSize: Double, format: PictureFormat, seed: UInt64, kernels: KernelSet) {
    let shorter = Double(format.shorterSide)
    let (width, height) = (Double(format.width) / shorter, Double(format.height) / shorter)
    let columns = max(1, Int(width * 1080 / (0.6 * fontSize) / 16 + 0.5)) * 16
    self.init(
      columns: columns, rows: max(3, Int(Double(columns) * height / width + 0.5)), seed: seed, kernels: kernels)
  }

  /// The cells as a grid over the picture; they have no pixels.
  func geometry(_ format: PictureFormat) -> GridGeometry {
    let shorter = Double(format.shorterSide)
    return GridGeometry(
      columns: columns, rows: rows, cellWidth: 1, cellHeight: 1, originX: 0, originY: 0,
      cellWidthShare: Double(format.width) / shorter / Double(columns),
      cellHeightShare: Double(format.height) / shorter / Double(rows))
  }
}

/// What a simulation shows, as the field engine samples it: a header of 16 (columns, rows, stride, columns per unit of x,
/// rows per unit of y), then the values row by row.
final class SimulationPlane {
  let columns: Int
  let rows: Int
  let stride: Int
  var base: UnsafePointer<Float> { UnsafePointer(buffer.base) }
  private let buffer: AlignedBuffer<Float>

  convenience init(_ geometry: GridGeometry) {
    self.init(
      columns: geometry.columns, rows: geometry.rows, columnsPerUnit: 1 / geometry.cellWidthShare,
      rowsPerUnit: 1 / geometry.cellHeightShare)
  }

  init(columns: Int, rows: Int, columnsPerUnit: Double, rowsPerUnit: Double) {
    self.columns = columns
    self.rows = rows
    stride = FieldArena.padded(columns)
    buffer = AlignedBuffer(count: 16 + stride * rows)
    let header = [Double(columns), Double(rows), Double(stride), columnsPerUnit, rowsPerUnit]
    for (place, value) in header.enumerated() { buffer.base[place] = Float(value) }
  }

  func row(_ row: Int) -> UnsafeMutablePointer<Float> { buffer.base + 16 + row * stride }
}

/// The fields with a state, by name.
enum SimulationOps {
  static let all: [any SimulationOp.Type] = simulations + drawn

  /// Fields that keep a drawing and change it only when their arguments do; in `Ops/Fields`.
  static let drawn: [any SimulationOp.Type] = [Letters.self]

  /// Alphabetical.
  static let simulations: [any SimulationOp.Type] = [
    GameOfLife.self,
    ReactionDiffusion.self,
    StrangeAttractor.self,
  ]

  /// Precondition: a simulation has that name (analysis has seen to it).
  static func named(_ name: String) -> any SimulationOp.Type {
    guard let op = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no simulation is called `\(name)`")
    }
    return op
  }
}

extension SimulationOps {
  /// Cells as large as the pixels of a picture whose shorter side has 1080.
  static let pixels = "pixels"

  /// The font size of the grid whose cells are as wide as those of a simulation called with the name of a grid.
  static func fontSize(ofGrid name: String) -> Double {
    if name == pixels { return 1 / 0.6 }
    guard let grid = BuiltinGrids.all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no grid is called `\(name)`")
    }
    return grid.fontSize
  }
}

extension ParameterDeclaration {
  /// The resolution of a simulation.
  static let simulationSeed = ParameterDeclaration(
    "seed", .integer, default: "42", in: 0...65535, "Another seed is another beginning.")

  static func simulationGrid(_ grid: String, finest: [String] = []) -> ParameterDeclaration {
    ParameterDeclaration(
      "grid", .choice, default: grid, choices: finest + BuiltinGrids.all.map(\.declaration.name),
      "How fine it is: square cells as wide as those of this grid.")
  }
}
