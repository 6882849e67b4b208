import Renderer
import SceneLang

extension CatalogItem {
  /// The characters of a palette after the blank, or the colors of a gradient with the place of each, 0…1, where they are not
  /// evenly spread; empty for everything else.
  var members: [String] {
    let (catalog, key) = (Catalog.builtin, Name.folded(name))
    switch kind {
    case "palette": return catalog.palettes[key]?.characters.dropFirst().map { String($0) } ?? []
    case "gradient":
      guard let stops = catalog.gradients[key]?.stops else { return [] }
      let isEven = stops.enumerated().allSatisfy { index, stop in
        abs(stop.position - Double(index) / Double(stops.count - 1)) < 0.001
      }
      return stops.map { $0.color.text + (isEven ? "" : " \(($0.position * 1000).rounded() / 1000)") }
    default: return []
    }
  }

  /// The members in one line.
  var memberText: String { members.joined(separator: kind == "palette" ? "" : " ") }
}

extension RGB {
  /// As scenes write it: `#ff5f6d`.
  fileprivate var text: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
