import KernelTable
import SceneLang

extension ShaderOp {
  static let pixelSort = ShaderOp(
    declaration: OpDeclaration(
      .shader, "pixel_sort", "Sorts runs of bright pixels by their luminance.",
      parameters: [
        .init("threshold", aliases: ["thr"], default: "0.39", in: 0...1, .plain, "Pixels above it belong to a run."),
        .init(
          "direction", .choice, default: "horizontal", rate: .constant, choices: ["horizontal", "vertical", "h", "v"],
          "Along rows (`h`) or along columns (`v`)."),
      ],
      facts: .init(access: .global), example: "pixel_sort: {threshold: 0.3, direction: vertical}"),
    implementation: .row { PixelSort($0) }, keeps: Picture.self)
}

/// Runs of at least three neighbours whose BT.709 luma is above the threshold, on every line, dark before bright; equals
/// keep their order.
final class PixelSort: PictureReader {
  /// Columns that are sorted together: a cache line of each row.
  private static let stripWidth = 64

  var picture: Picture?
  private let setting: ShaderSetting
  private var threshold: UInt8 = 0
  private var isVertical = false
  private let luminance: AlignedBuffer<UInt8>
  private let keys: AlignedBuffer<UInt32>
  /// The picture with sorted columns, taken for a frame.
  private var sorted: Picture?
  /// Strips of columns lying as rows, before and after sorting; made when needed.
  private lazy var strip = Picture(width: setting.height, height: Self.stripWidth)
  private lazy var sortedStrip = Picture(width: setting.height, height: Self.stripWidth)

  init(_ setting: ShaderSetting) {
    self.setting = setting
    let length = max(setting.width, setting.height)
    luminance = AlignedBuffer(count: length)
    keys = AlignedBuffer(count: length + 256)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    threshold = UInt8(arguments.number(0) * 255)
    isVertical = ["vertical", "v"].contains(arguments.choice(1))
    return threshold < 255
  }

  func finishGathering() {
    guard isVertical, let picture else { return }
    let target: Picture = setting.scratch.take(setting)
    sorted = target
    for x in stride(from: 0, to: setting.width, by: Self.stripWidth) {
      sortColumns(x..<min(x + Self.stripWidth, setting.width), of: picture, into: target)
    }
  }

  func endShading() { setting.scratch.put(&sorted) }

  private func sortColumns(_ columns: Range<Int>, of picture: Picture, into target: Picture) {
    let height = setting.height
    for channel in PixelRow.channels {
      setting.kernels.transpose(
        strip.row(0, plane: channel), stride: strip.stride, picture.row(0, plane: channel) + columns.lowerBound,
        stride: picture.stride, width: columns.count, height: height)
    }
    for line in 0..<columns.count { sort(strip.pixelRow(line), to: sortedStrip.pixelRow(line), count: height) }
    for channel in PixelRow.channels {
      setting.kernels.transpose(
        target.row(0, plane: channel) + columns.lowerBound, stride: target.stride, sortedStrip.row(0, plane: channel),
        stride: sortedStrip.stride, width: height, height: columns.count)
    }
  }

  private func sort(_ line: PixelRow, to out: PixelRow, count: Int) {
    setting.kernels.luminance(luminance.base, line.bytes, count: count)
    setting.kernels.sortRuns(
      out.mutableBytes, line.bytes, luminance: luminance.base, threshold: threshold, keys: keys.base, count: count)
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    if isVertical, let sorted {
      out.copy(from: sorted.pixelRow(y), count: setting.width)
    } else {
      sort(source, to: out, count: setting.width)
    }
  }
}
