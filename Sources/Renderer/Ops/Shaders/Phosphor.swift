import KernelTable
import SceneLang

extension ShaderOp {
  static let phosphor = ShaderOp(
    declaration: OpDeclaration(
      .shader, "phosphor", aliases: ["phosphor_mask"],
      "Shows the red, green and blue phosphors of a picture tube; the picture stays as bright as it was.",
      parameters: [
        .init(
          "strength", default: "0.4", in: 0...1, .plain, "How much darker a channel is on the phosphors of the others."),
        .init("size", default: "6px", in: 0...0.25, .length, "From one red phosphor to the next; 3 pixels at least."),
        .init(
          "mask", .choice, default: "aperture", rate: .constant, choices: ["aperture", "shadow", "slot"],
          "`aperture`: stripes. `shadow`: dots, every other row of them moved by half. `slot`: stripes with gaps."),
      ],
      facts: .init(access: .pointwise), example: "phosphor: {strength: 0.6, mask: slot}"),
    implementation: .row { Phosphor($0) })
}

/// A triad is p pixels wide; its thirds belong to red, green and blue. A channel is multiplied by b on its own third and by
/// b·(1 − strength) on the two others, b = 1 / (1 − ⅔·strength), so that the mean stays.
///
/// `shadow`: triads are p high, and those of odd rows begin p / 2 further right. `slot`: once in 2p rows, p later in odd
/// triads, max(1, p / 4) rows are darker by 1 − strength.
final class Phosphor: RowShader {
  private struct Pattern: Hashable {
    var strength = -1.0
    var pitch = 0
    var mask = ""
  }

  private let setting: ShaderSetting
  private var pattern = Pattern()
  /// Gains in 1/8192 by kind of row and channel, as low and high bytes.
  private var gains: [Int: [(low: AlignedBuffer<UInt8>, high: AlignedBuffer<UInt8>)]] = [:]

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let now = Pattern(
      strength: arguments.number(0),
      pitch: max(3, setting.pixels(arguments.number(1))),
      mask: arguments.choice(2))
    if now != pattern {
      pattern = now
      gains = [:]
    }
    return now.strength > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let kind = kind(ofRow: y)
    let row = gains[kind] ?? makeGains(kind)
    gains[kind] = row
    for channel in PixelRow.channels {
      setting.kernels.amplify(
        out[channel], source[channel], gainLow: row[channel].low.base, gainHigh: row[channel].high.base,
        count: setting.paddedWidth)
    }
  }

  /// Rows of one kind have the same gains: bit 0 says that odd rows of dots are meant, or that even triads have their gap;
  /// bit 1 that odd ones have it.
  private func kind(ofRow y: Int) -> Int {
    let (p, gap) = (pattern.pitch, max(1, pattern.pitch / 4))
    switch pattern.mask {
    case "shadow": return y / p & 1
    case "slot": return (y % (2 * p) < gap ? 1 : 0) + ((y + p) % (2 * p) < gap ? 2 : 0)
    default: return 0
    }
  }

  private func makeGains(_ kind: Int) -> [(low: AlignedBuffer<UInt8>, high: AlignedBuffer<UInt8>)] {
    let (p, dark) = (pattern.pitch, 1 - pattern.strength)
    let bright = 1 / (1 - 2 * pattern.strength / 3)
    return PixelRow.channels.map { channel in
      let row = (
        low: AlignedBuffer<UInt8>(count: setting.paddedWidth), high: AlignedBuffer<UInt8>(count: setting.paddedWidth)
      )
      for x in 0..<setting.width {
        let place = pattern.mask == "shadow" ? x + kind * (p / 2) : x
        var gain = 3 * (place % p) / p == channel ? bright : bright * dark
        if pattern.mask == "slot", kind >> (x / p & 1) & 1 == 1 { gain *= dark }
        let fixed = Int(gain * 8192 + 0.5)
        row.low.base[x] = UInt8(fixed & 255)
        row.high.base[x] = UInt8(fixed >> 8)
      }
      return row
    }
  }
}
