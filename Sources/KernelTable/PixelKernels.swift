public typealias Bytes = UnsafePointer<UInt8>
public typealias MutableBytes = UnsafeMutablePointer<UInt8>
public typealias Words = UnsafePointer<UInt16>
public typealias MutableWords = UnsafeMutablePointer<UInt16>
public typealias Floats = UnsafePointer<Float>
public typealias MutableFloats = UnsafeMutablePointer<Float>

/// How the colour of a layer and the colour below it combine (W3C Compositing and Blending, level 1), for an opaque
/// backdrop: result = (1 − α)·Cb + α·B(Cb, Cs).
public enum BlendMode: String, Sendable, Hashable, CaseIterable {
  case normal, add, screen, multiply, difference, exclusion, overlay, lighten, darken
  case subtract, softLight, hardLight, colorDodge, colorBurn, linearLight, vividLight, pinLight, hardMix
  case grainExtract, grainMerge
  case hue, saturation, color, luminosity

  /// Whether each channel is blended by itself; the others mix whole colors.
  public var isSeparable: Bool {
    switch self {
    case .hue, .saturation, .color, .luminosity: false
    default: true
    }
  }
}

/// A row of pixels to read: three channels of bytes.
public struct ColorBytes {
  public var red: Bytes
  public var green: Bytes
  public var blue: Bytes

  public init(red: Bytes, green: Bytes, blue: Bytes) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// A row of pixels to write: three channels of bytes.
public struct MutableColorBytes {
  public var red: MutableBytes
  public var green: MutableBytes
  public var blue: MutableBytes

  public init(red: MutableBytes, green: MutableBytes, blue: MutableBytes) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// A row of deep pixels: three channels of words.
public struct MutableColorWords {
  public var red: MutableWords
  public var green: MutableWords
  public var blue: MutableWords

  public init(red: MutableWords, green: MutableWords, blue: MutableWords) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// Pixels of a row whose samples lie side by side in one row of the sampled plane.
public struct SampleRun: Sendable {
  /// The first pixel, and the one after the last.
  public var start: Int
  public var end: Int
  /// Where the first pixel's (upper) left neighbour is; the others follow. `outside`: black.
  public var offset: Int
  /// The shares of the right and of the lower neighbour at the first pixel, 0…1.
  public var across: Float
  public var down: Float

  public static let outside = Int.min

  public init(start: Int, end: Int, offset: Int, across: Float, down: Float = 0) {
    self.start = start
    self.end = end
    self.offset = offset
    self.across = across
    self.down = down
  }
}

/// A coordinate along a row: ((cubic · d + square) · d + linear) · d + constant for d = start, start + 1, start + 2, …
public struct CoordinateCurve {
  public var start: Float
  public var constant: Float
  public var linear: Float
  public var square: Float
  public var cubic: Float

  public init(start: Float, constant: Float, linear: Float = 0, square: Float = 0, cubic: Float = 0) {
    self.start = start
    self.constant = constant
    self.linear = linear
    self.square = square
    self.cubic = cubic
  }
}

/// Colors at the corners of a lattice over the levels of red, green and blue.
public struct ColorLattice {
  /// Entries along each axis; 2 or more.
  public var size: Int
  /// size³ colors of red, green, blue, 0…255 and beyond, red fastest; the fourth number is 0.
  public var entries: UnsafePointer<SIMD4<Float>>
  /// For the 256 levels of red, of green and of blue: the entry below, with what its step along the axis is multiplied in,
  /// and the share of the one above, 0…1.
  public var places: UnsafePointer<Int32>
  public var shares: Floats

  public init(
    size: Int, entries: UnsafePointer<SIMD4<Float>>, places: UnsafePointer<Int32>, shares: Floats
  ) {
    self.size = size
    self.entries = entries
    self.places = places
    self.shares = shares
  }
}

/// The loops over rows of cells and pixels, compiled once per instruction set and chosen at run time.
///
/// All levels give the same bits. Rows are plain memory: no output may overlap an input (a vectorised loop checks that at
/// run time and then crawls), and every float is finite. Products of bytes are divided by 255 and rounded to nearest.
public protocol PixelKernels: SendableMetatype {
  // MARK: Cells

  /// Value 0…1 → glyph: `ramp[round((value + jitter · min(1, value / 0.15)) · 1023)]`. Returns whether a glyph is not 0.
  static func glyphs(
    _ out: MutableWords, value: Floats, jitter: Floats, ramp: Words, count: Int
  ) -> Bool
  /// `levels[round((value + jitter · min(1, value / 0.15)) · 1023)]` of every `step`-th value.
  static func partLevels(
    _ out: MutableFloats, value: Floats, step: Int, jitter: Floats, levels: Floats, count: Int)
  /// For each cell the glyph of the shape nearest to its six levels, which stand `stride` apart, by the sum of squares; the
  /// first of several. `shapes` has six numbers for each. Writes `count` rounded up to a multiple of 16 to `scratch`.
  /// Returns whether a glyph is not 0.
  static func nearestShapes(
    _ out: MutableWords, levels: Floats, stride: Int, shapes: Floats, glyphs: Words, shapeCount: Int,
    scratch: MutableFloats, count: Int
  ) -> Bool
  /// Colours read at 0…1 (clamped) in a table of 256 levels of red, 256 of green and 256 of blue, times brightness 0…1
  /// (clamped).
  static func gradientColors(
    _ red: MutableBytes, _ green: MutableBytes, _ blue: MutableBytes, at: Floats, brightness: Floats, table: Bytes,
    count: Int)
  /// HSV colours; hue in turns modulo 1, saturation and brightness 0…1 (clamped).
  static func hueColors(
    _ red: MutableBytes, _ green: MutableBytes, _ blue: MutableBytes, hue: Floats, saturation: Floats,
    brightness: Floats, count: Int)
  /// One channel from a component 0…1 times brightness 0…1 (both clamped).
  static func componentColors(_ out: MutableBytes, component: Floats, brightness: Floats, count: Int)
  /// Strength of the solid cell: 0 where wash ≤ 0, else min(1, 0.1 + wash · value^1.5).
  static func washStrength(_ out: MutableFloats, wash: Floats, value: Floats, count: Int)
  /// One channel of the solid cell: color · strength; where strength is 0, black if opaque and otherwise the colour
  /// itself, so that mixing it with the glyph's colour changes nothing. Returns the bitwise or of all.
  static func washColors(_ out: MutableBytes, color: Bytes, strength: Floats, isOpaque: Bool, count: Int) -> UInt8
  /// 255 where the strength is above 0, else 0. Returns the bitwise and of all and the bitwise or of all.
  static func solidCells(_ out: MutableBytes, strength: Floats, count: Int) -> (all: UInt8, any: UInt8)
  /// round(255 · mask · opacity), mask clamped to 0…1. Returns the bitwise and of all and the bitwise or of all.
  static func coverage(_ out: MutableBytes, mask: Floats, opacity: Float, count: Int) -> (all: UInt8, any: UInt8)

  // MARK: Cells to pixels

  /// Repeats each cell's byte over its pixels: cell c covers `out[c * cellWidth ..< (c + 1) * cellWidth]`. Writes up to
  /// 15 bytes past the last cell.
  static func spread(_ out: MutableBytes, cells: Bytes, columns: Int, cellWidth: Int)
  /// Copies one pixel row of each cell's glyph: from `coverage + glyph * glyphStride`, `rowStride` bytes (a multiple of
  /// 16), of which the next cell overwrites those past `cellWidth`.
  static func glyphRow(
    _ out: MutableBytes, coverage: Bytes, glyphs: Words, glyphStride: Int, rowStride: Int, columns: Int, cellWidth: Int)

  // MARK: Blending

  /// a·b / 255.
  static func multiply(_ out: MutableBytes, _ a: Bytes, _ b: Bytes, count: Int)
  /// a | b.
  static func union(_ out: MutableBytes, _ a: Bytes, _ b: Bytes, count: Int)
  /// (1 − α)·from + α·to.
  static func interpolate(_ out: MutableBytes, from: Bytes, to: Bytes, alpha: Bytes, count: Int)
  /// (1 − α)·from + α·to with one α for the row.
  static func interpolate(_ out: MutableBytes, from: Bytes, to: Bytes, constant alpha: UInt8, count: Int)
  /// (1 − α)·backdrop + α·B(backdrop, source), for one channel of a separable mode.
  static func blend(
    _ mode: BlendMode, _ out: MutableBytes, backdrop: Bytes, source: Bytes, alpha: Bytes, count: Int)
  /// (1 − α)·backdrop + α·B(backdrop, source), for a mode that is not separable.
  static func blendColors(
    _ mode: BlendMode, _ out: MutableColorBytes, backdrop: ColorBytes, source: ColorBytes, alpha: Bytes, count: Int)

  // MARK: Tables and gains

  /// table[x]; the table has 256 entries.
  static func lookup(_ out: MutableBytes, _ source: Bytes, table: Bytes, count: Int)
  /// max(red, green, blue).
  static func maximum(_ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, count: Int)
  /// source · gain, at most 255; the gain of each pixel is (low + 256 · high) / 8192.
  static func amplify(_ out: MutableBytes, _ source: Bytes, gainLow: Bytes, gainHigh: Bytes, count: Int)
  /// source · gain / 32768, gains at most 32768.
  static func attenuate(_ out: MutableBytes, _ source: Bytes, gain: Words, count: Int)
  /// source · gain / 32768 with one gain for the row, at most 32768.
  static func attenuate(_ out: MutableBytes, _ source: Bytes, constant gain: UInt16, count: Int)
  /// max(floor, start − slope[i]) (saturating at 0).
  static func falloff(_ out: MutableWords, slope: Words, start: UInt16, floor: UInt16, count: Int)
  /// 32768 − round(depth · profile[i] / 32768), for depth and profile at most 32768.
  static func shade(_ out: MutableWords, profile: Words, depth: UInt16, count: Int)
  /// Counts every `step`-th byte. `bins` holds four histograms of 256, to be added: neighbours are often equal, and
  /// counting them in one bin waits for the store before.
  static func histogram(_ bins: UnsafeMutablePointer<UInt32>, _ source: Bytes, step: Int, count: Int)

  // MARK: Shading

  /// Signed noise of amplitude `amount` / 256: pixels of `size` columns share a value, a hash of column and `key`.
  static func noise(_ out: UnsafeMutablePointer<Int16>, key: UInt32, amount: UInt16, size: Int, count: Int)
  /// source + noise, clamped to 0…255.
  static func addNoise(_ out: MutableBytes, _ source: Bytes, noise: UnsafePointer<Int16>, count: Int)
  /// One channel of a picture with HSV saturation times `factor`; `high` and `low` are the pixel's extremes.
  static func saturate(_ out: MutableBytes, _ source: Bytes, high: Bytes, low: Bytes, factor: Float, count: Int)
  /// min(red, green, blue).
  static func minimum(_ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, count: Int)
  /// 255 where red + green + blue > limit, else 0.
  static func threshold(
    _ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, limit: UInt16, count: Int)

  // MARK: Colors

  /// BT.709 luma in full range: (54·R + 183·G + 19·B + 128) / 256.
  static func luminance(_ out: MutableBytes, _ source: ColorBytes, count: Int)
  /// HSV hue plus `sixths` of a turn, 0 ≤ sixths ≤ 6; saturation and value stay. Whole vectors of up to 64.
  static func rotateHue(_ out: MutableColorBytes, _ source: ColorBytes, sixths: Float, count: Int)
  /// Random colors, and a mask of 255 for `limit` in 65 536 of them and 0 for the others, by hashes of column and `key`.
  static func scatter(mask: MutableBytes, _ out: MutableColorBytes, key: UInt32, limit: UInt32, count: Int)
  /// The colors at each pixel's place in the lattice, by tetrahedra, rounded half up and limited to 0…255.
  static func lookUp(_ out: MutableColorBytes, _ source: ColorBytes, in lattice: ColorLattice, count: Int)
  /// (source · steps + thresholds) / 255 rounded down, for at most 255 steps.
  static func dither(_ out: MutableBytes, _ source: Bytes, thresholds: Bytes, steps: UInt16, count: Int)

  // MARK: Numbers

  /// source / 255.
  static func shares(_ out: MutableFloats, _ source: Bytes, count: Int)
  /// 255 · share, limited to 0…255 and rounded half up.
  static func levels(_ out: MutableBytes, _ shares: Floats, count: Int)

  /// 255 · source / α, at most 255 and rounded half up; 0 where α is 0.
  static func unpremultiply(_ out: MutableBytes, _ source: Bytes, alpha: Bytes, count: Int)

  // MARK: Warps

  /// Red, green and blue in the low bytes of one pixel.
  static func interleave(_ out: UnsafeMutablePointer<UInt32>, _ source: ColorBytes, count: Int)
  static func deinterleave(_ out: MutableColorBytes, _ pixels: UnsafePointer<UInt32>, count: Int)
  /// The bilinear mean of the four pixels around (x, y), coordinates in 1/256 pixel from the centre of the first; rows are
  /// `stride` apart. `count` is a multiple of 4. Reads one pixel to the right and one row below each.
  static func sample(
    _ out: UnsafeMutablePointer<UInt32>, _ pixels: UnsafePointer<UInt32>, stride: Int, x: UnsafePointer<Int32>,
    y: UnsafePointer<Int32>, count: Int)
  /// The same of pixels in planes; `count` is a multiple of 32. Reads 64 columns to either side and two rows below each.
  static func samplePlanes(
    _ out: MutableColorBytes, _ planes: ColorBytes, stride: Int, x: UnsafePointer<Int32>, y: UnsafePointer<Int32>,
    count: Int)
  /// The same of one plane.
  static func samplePlane(
    _ out: MutableBytes, _ plane: Bytes, stride: Int, x: UnsafePointer<Int32>, y: UnsafePointer<Int32>, count: Int)
  /// Whether planes are sampled faster than interleaved pixels.
  static var prefersPlanes: Bool { get }
  /// The curve limited to low…high (−1 or more), in 1/256.
  static func coordinates(
    _ out: UnsafeMutablePointer<Int32>, _ curve: CoordinateCurve, low: Float, high: Float, count: Int)
  /// The curve thrown back once at 0 and at `high`, in 1/256.
  static func mirroredCoordinates(
    _ out: UnsafeMutablePointer<Int32>, _ curve: CoordinateCurve, high: Float, count: Int)
  /// start + step · i + offsets[i], limited to low…high (−1 or more), in 1/256.
  static func coordinates(
    _ out: UnsafeMutablePointer<Int32>, start: Float, step: Float, offsets: Floats, low: Float, high: Float, count: Int)
  /// Seven values between a[i] and a[i + 1], `out[8i ..< 8i + 8]`; reads `a[count]`.
  static func expandEights(_ out: MutableFloats, _ a: Floats, count: Int)

  // MARK: Neighbours

  /// Σ weights[k] · rows[k][i], added in the order of k. Writes `count` rounded up to a multiple of 32.
  static func weightedSum(
    _ out: MutableFloats, rows: UnsafePointer<Bytes>, weights: Floats, taps: Int, count: Int)
  /// weight · source + wa · a + wb · b, rounded, limited to 0…255.
  static func mix(
    _ out: MutableBytes, _ source: Bytes, weight: Float, _ a: Floats, _ wa: Float, _ b: Floats, _ wb: Float, count: Int)
  /// sum += source.
  static func addRow(_ sum: MutableWords, _ source: Bytes, count: Int)
  /// scale · the sum of `size` neighbours, a[size · i ..< size · (i + 1)].
  static func sumGroups(_ out: MutableFloats, _ a: Words, size: Int, scale: Float, count: Int)
  /// (a[2i − 1] + 3 · a[2i] + 3 · a[2i + 1] + a[2i + 2]) / 8.
  static func halve(_ out: MutableFloats, _ a: Floats, count: Int)
  /// (a[i − 1] + 3 · a[i]) / 4 and (3 · a[i] + a[i + 1]) / 4, `out[2i ..< 2i + 2]`.
  static func double(_ out: MutableFloats, _ a: Floats, count: Int)
  /// sum / n, rounded half up.
  static func average(_ out: MutableBytes, _ sum: Words, of n: Int, count: Int)
  /// out[x · stride + y] = source[y · stride + x] for a source of width × height, each with its own stride.
  static func transpose(
    _ out: MutableBytes, stride outStride: Int, _ source: Bytes, stride: Int, width: Int, height: Int)
  /// 2 · √((row[i + 1] − row[i − 1])² + (below[i] − above[i])²), at most 255; reads `row[-1]` and `row[count]`.
  static func edges(_ out: MutableFloats, above: Bytes, _ row: Bytes, below: Bytes, count: Int)
  /// Coverage of discs of radius scale · level: 255 · (radius − distance + ½), limited to 0…255.
  static func dots(_ out: MutableBytes, levels: Bytes, distance: Floats, scale: Float, count: Int)
  /// The row from its end.
  static func reverse(_ out: MutableBytes, _ source: Bytes, count: Int)
  /// A copy in which each run of more than 2 pixels with a luminance above the threshold is sorted by it, dark first,
  /// equals in their order. `keys` has room for `count` + 256 numbers.
  static func sortRuns(
    _ out: MutableColorBytes, _ source: ColorBytes, luminance: Bytes, threshold: UInt8,
    keys: UnsafeMutablePointer<UInt32>, count: Int)

  // MARK: Glow

  // Sums are those of two neighbouring pixels; `count` is that of the pixels, and even.

  /// sums[i] += round(source² · weight / 255 / 8) of the pixels 2i and 2i + 1, within 1/255 of the light: weights are
  /// those of the brightest channel.
  static func addBrightLight(_ sums: MutableWords, _ source: Bytes, weight: Bytes, count: Int)
  /// sums[i] += source where source > threshold, of the pixels 2i and 2i + 1.
  static func addAbove(_ sums: MutableWords, _ source: Bytes, threshold: UInt8, count: Int)
  /// scale · (a[2i] + a[2i + 1]).
  static func sumPairs(_ out: MutableFloats, _ a: Words, scale: Float, count: Int)
  /// scale · a[i].
  static func scaleWords(_ out: MutableFloats, _ a: Words, scale: Float, count: Int)
  /// (a[2i] + a[2i + 1]) / 2, rounded half up; the sum is below 65536.
  static func averagePairs(_ out: MutableWords, _ a: Words, count: Int)
  /// scale · (a[4i] + a[4i + 1] + a[4i + 2] + a[4i + 3]).
  static func sumFours(_ out: MutableFloats, _ a: Floats, scale: Float, count: Int)
  /// Three boxes of three in one: Σ rows[k][i] · (1, 3, 6, 7, 6, 3, 1)[k] · scale / 65536, rounded, at most 4080. Rows hold
  /// at most 2048, and scale is at least 4.
  static func tripleBox(_ out: MutableWords, rows: UnsafePointer<Words>, scale: UInt16, count: Int)
  /// Σ weights[k] · rows[k][i], added in the order of k. Writes `count` rounded up to a multiple of 32.
  static func weightedSum(
    _ out: MutableFloats, rows: UnsafePointer<Floats>, weights: Floats, taps: Int, count: Int)
  /// Four bilinear samples per value, `out[4i ..< 4i + 4]`; reads `a[-1]` and `a[count]`.
  static func expandFours(_ out: MutableFloats, _ a: Floats, count: Int)
  /// Two bilinear samples per value, `out[2i ..< 2i + 2]`; reads `a[-1]` and `a[count]`.
  static func expandTwos(_ out: MutableFloats, _ a: Floats, count: Int)
  /// ((8 − eighths) · a + eighths · b) / 8, rounded; values are at most 4080.
  static func mixEighths(_ out: MutableWords, _ a: Words, _ b: Words, eighths: UInt16, count: Int)
  /// √(source² + light), rounded, at most 255; the light is wa·a + wb·b.
  static func addLight(
    _ out: MutableBytes, _ source: Bytes, _ a: Floats, _ wa: Float, _ b: Floats, _ wb: Float, count: Int)
  /// source + glow, rounded, at most 255: `glow` has one value for four pixels, in sixteenths of a level and at most 4080,
  /// and is sampled bilinearly; reads `glow[-1]` and up to `glow[count / 4 + 16]`.
  static func addGlow(_ out: MutableBytes, _ source: Bytes, glow: Words, count: Int)

  // MARK: Feedback

  // Deep pictures hold words, 65535 for white. Rows of words are written in whole vectors, up to 31 past an end, and read
  // as far.

  /// Asks the memory for a row that is read, or written, after the next one, and does not wait for it.
  static func prefetch(_ row: Words, toWrite: Bool, count: Int)
  /// upper + (lower − upper) · share / 65536, rounded towards upper.
  static func mixRows(_ out: MutableWords, _ upper: Words, _ lower: Words, share: UInt16, count: Int)
  /// Linear samples of one row; `shares` are those of each pixel's right neighbour, in 1/65536.
  static func resample(
    _ out: MutableWords, _ row: Words, shares: Words, runs: UnsafePointer<SampleRun>, runCount: Int)
  /// Bilinear samples of a plane; `across` and `down` are how much the shares of the right and of the lower neighbour grow
  /// from pixel to pixel.
  static func resample(
    _ out: MutableWords, _ plane: Words, stride: Int, runs: UnsafePointer<SampleRun>, runCount: Int, across: Float,
    down: Float)
  /// row[count − 1 − i].
  static func mirror(_ out: MutableWords, _ row: Words, count: Int)
  /// HSV hue plus `sixths` of a turn, 0 ≤ sixths ≤ 6; saturation and value stay. In place.
  static func rotateHue(_ colors: MutableColorWords, sixths: Float, count: Int)
  /// (1 − α)·backdrop + α·B(backdrop, gain · source) of a separable mode with one α for the row, as words and as levels,
  /// rounded; α and gain are 0…1.
  static func feedBack(
    _ mode: BlendMode, _ out: MutableBytes, _ deep: MutableWords, backdrop: Bytes, source: Words, gain: Float,
    alpha: Float, count: Int)
  /// The same of a mode that is not separable.
  static func feedBackColors(
    _ mode: BlendMode, _ out: MutableColorBytes, _ deep: MutableColorWords, backdrop: ColorBytes,
    source: MutableColorWords, gain: Float, alpha: Float, count: Int)

  // MARK: Video

  /// BT.709 luma in limited range: (47·R + 157·G + 16·B + 128) / 256 + 16, that is 16…235.
  static func luma(_ out: MutableBytes, _ red: Bytes, _ green: Bytes, _ blue: Bytes, count: Int)
  /// Sums of 2 × 2 pixels of two rows; `count` is that of the sums.
  static func sumSquares(_ out: MutableWords, _ upper: Bytes, _ lower: Bytes, count: Int)
  /// BT.709 chroma in limited range, from sums of four pixels.
  static func chroma(
    _ u: MutableBytes, _ v: MutableBytes, red: Words, green: Words, blue: Words, count: Int)
}
