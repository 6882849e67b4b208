import SceneLang

/// The values of a call's arguments at one moment.
struct CallArguments {
  enum Value {
    case number(Double)
    case field(CellField)
    case word(String)
  }

  private let parameters: [ParameterDeclaration]
  private let values: [Value]

  /// One value per parameter of the declaration.
  init(_ parameters: [ParameterDeclaration], _ values: [Value]) {
    precondition(parameters.count == values.count, "\(values.count) values for \(parameters.count) parameters")
    self.parameters = parameters
    self.values = values
  }

  /// A number within its declared range: what analysis could not know before rendering is limited here.
  func number(_ name: String) -> Double {
    let index = index(of: name)
    guard case .number(let value) = values[index] else { preconditionFailure("`\(name)` is no number") }
    return parameters[index].limited(value)
  }

  func integer(_ name: String) -> Int { Int(ScalarMath.clamp(ScalarMath.round(number(name)), -0x1p30, 0x1p30)) }

  func isTrue(_ name: String) -> Bool { number(name) != 0 }

  func word(_ name: String) -> String {
    guard case .word(let value) = values[index(of: name)] else { preconditionFailure("`\(name)` is no word") }
    return value
  }

  func field(_ name: String) -> CellField {
    guard case .field(let value) = values[index(of: name)] else { preconditionFailure("`\(name)` is no field") }
    return value
  }

  private func index(of name: String) -> Int {
    guard let index = parameters.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no parameter is called `\(name)`")
    }
    return index
  }
}

/// A field at one moment in all cells of a layer's grid, 0…1.
struct CellField {
  let columns: Int
  let rows: Int
  let stride: Int
  let values: UnsafePointer<Float>

  /// The value of a cell; outside of the grid that of the nearest cell.
  subscript(_ column: Int, _ row: Int) -> Float {
    values[min(max(row, 0), rows - 1) * stride + min(max(column, 0), columns - 1)]
  }
}
