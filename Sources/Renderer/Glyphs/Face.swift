import CFreeType
import Glibc

/// One face in memory, read through FreeType: which characters it has, its measures and its outlines.
///
/// Outlines are taken in font units, without scaling and hinting, and are placed by exact arithmetic, so that only the
/// fill of a polygon (integer arithmetic too) is FreeType's.
final class Face {
  /// In font units. `ascent` and `descent` are positive, from the baseline.
  let unitsPerEm: Int
  let ascent: Int
  let descent: Int

  private let library: FT_Library
  private let face: FT_Face

  /// `data` must live as long as the process; `library` closes the face when it goes. Precondition: it is a face that
  /// FreeType reads.
  init(library: FT_Library, data: UnsafePointer<UInt8>, count: Int) {
    var opened: FT_Face?
    let status = FT_New_Memory_Face(library, data, FT_Long(count), 0, &opened)
    guard status == 0, let opened else { preconditionFailure("FreeType cannot read an embedded face: error \(status)") }
    self.library = library
    face = opened
    unitsPerEm = Int(opened.pointee.units_per_EM)
    ascent = Int(opened.pointee.ascender)
    descent = -Int(opened.pointee.descender)
  }

  /// Whether the face has a glyph for the character, be it blank.
  func contains(_ character: Unicode.Scalar) -> Bool {
    FT_Get_Char_Index(face, FT_ULong(character.value)) != 0
  }

  /// Horizontal advance of a character in font units; nil where the face has none.
  func advance(of character: Unicode.Scalar) -> Int? {
    load(character).map { Int($0.pointee.metrics.horiAdvance) }
  }

  /// The top of a character above the baseline in font units; nil where the face has none.
  func top(of character: Unicode.Scalar) -> Int? {
    load(character).map { Int($0.pointee.metrics.horiBearingY) }
  }

  /// Where an outline lands in a bitmap: x right and y down, in pixels from the left upper corner.
  struct Placement {
    /// Pixels per font unit.
    var scaleX: Double
    var scaleY: Double
    /// The pixel position of the outline's origin, on the baseline.
    var originX: Double
    var originY: Double
  }

  /// The antialiased coverage of a character; what lies beyond the cell is cut. Nil where the face has none.
  func coverage(of character: Unicode.Scalar, width: Int, height: Int, placement: Placement) -> CellBitmap? {
    guard let slot = load(character) else { return nil }
    var outline = slot.pointee.outline
    // The slot is loaded anew for every character, so its points may be moved in place. FreeType's pixels are
    // 1/64 fine and its y points up from the bitmap's lower edge.
    for i in 0..<Int(outline.n_points) {
      let x = placement.originX + Double(outline.points[i].x) * placement.scaleX
      let y = Double(height) - placement.originY + Double(outline.points[i].y) * placement.scaleY
      outline.points[i] = FT_Vector(x: Self.sixtyFourths(x), y: Self.sixtyFourths(y))
    }
    var result = CellBitmap(width: width, height: height)
    result.coverage.withUnsafeMutableBufferPointer { pixels in
      var bitmap = FT_Bitmap()
      bitmap.rows = UInt32(height)
      bitmap.width = UInt32(width)
      bitmap.pitch = Int32(width)
      bitmap.buffer = pixels.baseAddress
      bitmap.num_grays = 256
      bitmap.pixel_mode = UInt8(FT_PIXEL_MODE_GRAY.rawValue)
      let status = FT_Outline_Get_Bitmap(library, &outline, &bitmap)
      precondition(status == 0, "FreeType cannot draw U+\(String(character.value, radix: 16)): error \(status)")
    }
    return result
  }

  private static func sixtyFourths(_ pixels: Double) -> FT_Pos { FT_Pos((pixels * 64 + 0.5).rounded(.down)) }

  private func load(_ character: Unicode.Scalar) -> FT_GlyphSlot? {
    let index = FT_Get_Char_Index(face, FT_ULong(character.value))
    guard index != 0 else { return nil }
    let status = FT_Load_Glyph(face, index, FT_Int32(FT_LOAD_NO_SCALE))
    precondition(status == 0, "FreeType cannot load U+\(String(character.value, radix: 16)): error \(status)")
    return face.pointee.glyph
  }
}
