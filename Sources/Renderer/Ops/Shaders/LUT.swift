import KernelTable
import SceneLang

extension ShaderOp {
  static let lut = ShaderOp(
    declaration: OpDeclaration(
      .shader, "lut", aliases: ["cube"],
      "Gives every color the one that a table has for it, such as the grade in a .cube file.",
      parameters: [
        .init("table", .lut, default: nil, rate: .constant, "An input `{lut: grade.cube}`, with curves or a lattice.")
      ],
      facts: .init(access: .pointwise), example: "lut: teal"),
    implementation: .row { LUT($0) })
}

/// Reads a table at the colors of the picture, in sRGB as it is. Between entries, curves are straight; in a lattice the color
/// is the mean of the four corners of the tetrahedron it lies in, so that grays between gray entries stay gray. Levels beyond
/// the table's range read its ends, and colors beyond 0…1 are cut off.
///
/// Source: Kasson, Nin, Plouffe, Hafner, "Performing color space conversions with three-dimensional linear interpolation",
/// Journal of Electronic Imaging 4 (1995).
final class LUT: RowShader {
  private let setting: ShaderSetting
  private var reader: Reader?

  private enum Reader {
    /// 256 levels of each channel.
    case curves(ColorTables)
    case lattice(Lattice)
  }

  /// Made for one table; a scene has one for all of its frames.
  private final class Lattice {
    let size: Int
    private let entries: AlignedBuffer<SIMD4<Float>>
    private let places: AlignedBuffer<Int32>
    private let shares: AlignedBuffer<Float>

    init(_ table: ColorLookup) {
      size = table.size
      entries = AlignedBuffer(count: size * size * size)
      places = AlignedBuffer(count: 3 * 256)
      shares = AlignedBuffer(count: 3 * 256)
      for entry in 0..<size * size * size {
        let color = table.entries[(3 * entry)..<(3 * entry + 3)]
        entries.base[entry] = 255 * SIMD4(color[3 * entry], color[3 * entry + 1], color[3 * entry + 2], 0)
      }
      var step = 1
      for channel in 0..<3 {
        for level in 0..<256 {
          let (below, share) = table.place(of: level, channel)
          places.base[256 * channel + level] = Int32(below * step)
          shares.base[256 * channel + level] = Float(share)
        }
        step *= size
      }
    }

    var kernel: ColorLattice {
      ColorLattice(size: size, entries: entries.base, places: places.base, shares: shares.base)
    }
  }

  private var table: ColorLookup?

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let table = arguments.lookup(0)
    if table != self.table {
      self.table = table
      reader = table.form == .curves ? .curves(ColorTables { table.curve($0, $1) }) : .lattice(Lattice(table))
    }
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let count = setting.paddedWidth
    switch reader {
    case .curves(let tables):
      tables.entries.withUnsafeBufferPointer { entries in
        for channel in PixelRow.channels {
          setting.kernels.lookup(
            out[channel], source[channel], table: entries.baseAddress! + 256 * channel, count: count)
        }
      }
    case .lattice(let lattice):
      setting.kernels.lookUp(out.mutableBytes, source.bytes, in: lattice.kernel, count: count)
    case nil: preconditionFailure("a row before the frame began")
    }
  }
}

extension ColorLookup {
  /// The entry at or below a level 0…255, never the last, and the share of the next one, 0…1.
  fileprivate func place(of level: Int, _ channel: Int) -> (below: Int, share: Double) {
    let place = (Double(level) / 255 - low[channel]) / (high[channel] - low[channel])
    let position = min(max(place, 0), 1) * Double(size - 1)
    let below = min(Int(position), size - 2)
    return (below, position - Double(below))
  }

  /// The curve of a channel at a level 0…1, straight between entries.
  fileprivate func curve(_ channel: Int, _ level: Double) -> Double {
    let (below, share) = place(of: Int(level * 255 + 0.5), channel)
    let (a, b) = (Double(entries[3 * below + channel]), Double(entries[3 * below + 3 + channel]))
    return a + (b - a) * share
  }
}
