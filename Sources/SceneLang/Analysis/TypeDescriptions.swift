extension Dimension {
  var described: String {
    switch self {
    case .plain: "a plain number"
    case .time: "a time"
    case .angle: "an angle"
    case .length: "a length"
    case .distance: "a distance"
    case .frequency: "a frequency"
    case .pitch: "a number or a frequency"
    }
  }
}

extension ValueType {
  var described: String {
    switch self {
    case .number, .integer: "a number"
    case .boolean: "a condition"
    case .text: "text"
    case .color: "a colour"
    case .gradient: "a gradient"
    case .palette: "a palette"
    case .field: "a field"
    case .distance: "a distance"
    case .choice: "a choice"
    case .lut: "a table of colours"
    }
  }
}
