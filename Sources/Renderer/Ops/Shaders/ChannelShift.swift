import KernelTable
import SceneLang

extension ShaderOp {
  static let channelShift = ShaderOp(
    declaration: OpDeclaration(
      .shader, "channel_shift", "Moves each channel by itself; the picture wraps round.",
      parameters: ["red", "green", "blue"].flatMap { channel in
        [
          .init(
            "\(channel)_x", aliases: [String(channel.prefix(1))], default: "0px", in: -4...4, .length,
            "How far \(channel) moves to the right."),
          .init("\(channel)_y", default: "0px", in: -4...4, .length, "How far \(channel) moves down."),
        ]
      },
      facts: .init(access: .warp), example: "channel_shift: {red_x: 6px, blue_x: -6px, blue_y: 3px}"),
    implementation: .row { ChannelShift($0) })
}

/// Rolls the channels by whole pixels.
final class ChannelShift: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  /// By channel.
  private var shifts: [(x: Int, y: Int)] = []

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    func pixels(_ index: Int) -> Int {
      let length = arguments.number(index)
      return length < 0 ? -setting.pixels(-length) : setting.pixels(length)
    }
    shifts = PixelRow.channels.map { (pixels(2 * $0), pixels(2 * $0 + 1)) }
    return shifts.contains { $0 != (0, 0) }
  }

  func shade(row y: Int, from _: PixelRow, to out: PixelRow) {
    let height = setting.height
    for channel in PixelRow.channels {
      let row = pictureRow(((y - shifts[channel].y) % height + height) % height)
      PixelRow.roll(out[channel], row[channel], by: shifts[channel].x, width: setting.width)
    }
  }
}
