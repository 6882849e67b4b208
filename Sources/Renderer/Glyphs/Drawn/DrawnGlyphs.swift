import SceneLang

/// The characters that are drawn by ourselves, exact to the pixel, since a face's outlines leave seams between cells:
/// box drawing U+2500–257F, block elements U+2580–259F, braille U+2801–28FF, sextants U+1FB00–1FB3B, octants
/// U+1CD00–1CDE5 with the quarters beside them.
enum DrawnGlyphs {
  static func contains(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0x2500...0x257F, 0x2580...0x259F, 0x2801...0x28FF, 0x1FB00...0x1FB3B: true
    default: Octants.contains(character)
    }
  }

  /// The coverage of a cell of that many pixels; nil for a character that is left to the faces.
  static func coverage(of character: Unicode.Scalar, face: Grid.Face, width: Int, height: Int) -> CellBitmap? {
    guard contains(character) else { return nil }
    var cell = CellBitmap(width: width, height: height)
    switch character.value {
    case 0x2500...0x257F: BoxDrawing(width: width, height: height, face: face).draw(character, in: &cell)
    case 0x2580...0x259F: BlockElements.draw(character, in: &cell)
    case 0x1FB00...0x1FB3B: Sextants.draw(character, in: &cell)
    case 0x2801...0x28FF: Braille.draw(character, in: &cell)
    default: Octants.draw(character, in: &cell)
    }
    return cell
  }
}
