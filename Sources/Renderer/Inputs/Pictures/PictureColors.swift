import SceneLang

/// The colours of a picture.
enum PictureColors {
  /// Up to `count` colours that are frequent and unlike each other, the darkest first; black for a picture that shows
  /// nothing.
  ///
  /// Colours are counted in cubes of 16 levels. The first is the fullest cube; each further one has the greatest product of
  /// its count and its squared distance from those chosen. Each stands for the mean of its cube.
  static func frequent(in block: PixelBlock, count: Int = 6) -> [RGB] {
    var cubes = [(count: Int, red: Int, green: Int, blue: Int)](repeating: (0, 0, 0, 0), count: 4096)
    for pixel in stride(from: 0, to: block.bytes.count, by: 4) where block.bytes[pixel + 3] > 127 {
      let (red, green, blue) = (Int(block.bytes[pixel]), Int(block.bytes[pixel + 1]), Int(block.bytes[pixel + 2]))
      let cube = (red / 16 * 16 + green / 16) * 16 + blue / 16
      cubes[cube].count += 1
      cubes[cube].red += red
      cubes[cube].green += green
      cubes[cube].blue += blue
    }
    let means = cubes.filter { $0.count > 0 }.map { cube in
      (count: cube.count, color: [cube.red / cube.count, cube.green / cube.count, cube.blue / cube.count])
    }
    var chosen: [[Int]] = []
    while chosen.count < count {
      func worth(_ mean: (count: Int, color: [Int])) -> Int {
        let distances = chosen.map { zip($0, mean.color).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        return mean.count * (distances.min() ?? 1)
      }
      guard let best = means.max(by: { worth($0) < worth($1) }), worth(best) > 0 else { break }
      chosen.append(best.color)
    }
    if chosen.isEmpty { return [RGB(0, 0, 0)] }
    return chosen.sorted { luma($0) < luma($1) }.map { RGB(UInt8($0[0]), UInt8($0[1]), UInt8($0[2])) }
  }

  private static func luma(_ color: [Int]) -> Int {
    PictureLuma.red * color[0] + PictureLuma.green * color[1] + PictureLuma.blue * color[2]
  }
}

/// BT.709 luma of 8-bit colours in integers: the weights add up to 65536.
enum PictureLuma {
  static let red = 13_933
  static let green = 46_871
  static let blue = 4_732
}
