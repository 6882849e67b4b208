/// Where each pixel of a picture comes from.
///
/// Coordinates are computed for every row of every frame, even while the parameters stand still: a map kept in memory is
/// 16 MB at 1080p, and reading it takes as long as computing polynomials (1920×1080, CRT: 0.6 to 1.6 ms, by kernel).
protocol WarpMap: AnyObject {
  /// Takes the arguments of a frame. Returns false if every pixel stays where it is.
  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool
  /// Writes the coordinates of row `y` to `source.x` and `source.y`.
  func setCoordinates(row y: Int, of source: WarpSource)
}

/// Moves the pixels of a picture by a map, with bilinear samples.
final class Warp: WarpShader {
  private let map: any WarpMap
  let source: WarpSource

  /// `isGentle`: neighbours mostly come from neighbours in the same or the next row.
  init(_ map: any WarpMap, isGentle: Bool, _ setting: ShaderSetting) {
    self.map = map
    source = WarpSource(setting, isGentle: isGentle)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool { map.begin(arguments, frame: frame) }

  func shade(row y: Int, from _: PixelRow, to out: PixelRow) {
    map.setCoordinates(row: y, of: source)
    source.sample(to: out)
  }
}
