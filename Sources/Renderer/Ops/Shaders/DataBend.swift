import Glibc
import KernelTable
import SceneLang

extension ShaderOp {
  static let dataBend = ShaderOp(
    declaration: OpDeclaration(
      .shader, "data_bend", "Copies runs of the picture's data further on, as a damaged file shows them.",
      parameters: [
        .init(
          "offset", default: "fract(0.13 * t)", in: 0...1, .plain, "Where the first run begins, as a share of the data."
        ),
        .init("chunk", default: "0.008", in: 0...1, .plain, "The length of a run, as a share of the data."),
        .init("count", .integer, default: "8", in: 0...1000, .plain, "How many runs, evenly spread."),
      ],
      facts: .init(access: .global), example: "data_bend: {offset: random(per=beat), chunk: 0.02}"),
    implementation: .row { DataBend($0) })
}

/// The data are the pixels in reading order, with their channels, so that the result is the same at every size. A run of n
/// pixels is copied to 3n pixels after its beginning; what would leave the picture is cut off.
final class DataBend: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  private var starts: [Int] = []
  private var length = 0

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let total = setting.width * setting.height
    let first = Int(arguments.number(0) * Double(total) + 0.5)
    length = Int(arguments.number(1) * Double(total) + 0.5)
    let count = arguments.integer(2)
    starts = (0..<count).map { (first + $0 * total / count) % total }
    return length > 0 && count > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let width = setting.width
    let pixels = y * width..<(y + 1) * width
    out.copy(from: source, count: width)
    for start in starts {
      let distance = 3 * length
      var place = max(start + distance, pixels.lowerBound)
      let end = min(start + distance + length, pixels.upperBound)
      while place < end {
        let from = place - distance
        // Up to the end of the row that is read, or of the run.
        let count = min(end - place, width - from % width)
        let row = pictureRow(from / width)
        for channel in PixelRow.channels {
          memcpy(out[channel] + (place - pixels.lowerBound), row[channel] + from % width, count)
        }
        place += count
      }
    }
  }
}
