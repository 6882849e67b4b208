import CData
import CFreeType
import SceneLang

/// The faces in the binary and the order in which a character is looked up in them: the grid's own face, the kana of
/// Noto Sans Mono CJK JP, a last resort. Block elements, box drawing and braille are drawn by ourselves instead.
///
/// Not `Sendable`, since FreeType is not: one per thread. Opening takes some 0.1 ms.
public final class FaceLibrary {
  private let library: FT_Library
  private let regular: Face
  private let bold: Face
  private let kana: Face
  private let kanaBold: Face
  private let lastResort: Face

  public init() {
    var opened: FT_Library?
    let status = FT_Init_FreeType(&opened)
    guard status == 0, let opened else { preconditionFailure("FreeType does not start: error \(status)") }
    library = opened
    func face(_ embedded: (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>) -> Face {
      var count = 0
      let data = embedded(&count)
      return Face(library: opened, data: data, count: count)
    }
    regular = face(cdata_face_regular)
    bold = face(cdata_face_bold)
    kana = face(cdata_face_kana)
    kanaBold = face(cdata_face_kana_bold)
    lastResort = face(cdata_face_last_resort)
  }

  // Closes the faces too.
  deinit { FT_Done_FreeType(library) }

  /// Whether the character can be drawn or is a blank, on both faces alike.
  public func contains(_ character: Unicode.Scalar) -> Bool {
    character.isBlank || DrawnGlyphs.contains(character) || source(of: character, face: .regular) != nil
  }

  /// The characters of a text that cannot be drawn, each once, in order; line breaks and tabs are layout, not glyphs.
  public func missing(in text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
    var seen: Set<Unicode.Scalar> = []
    return text.filter { !$0.isLayout && !contains($0) && seen.insert($0).inserted }
  }

  /// The face a grid takes its metrics from.
  func primary(_ face: Grid.Face) -> Face {
    switch face {
    case .regular: regular
    case .bold: bold
    }
  }

  /// The first face that has the character.
  func source(of character: Unicode.Scalar, face: Grid.Face) -> Face? {
    let order: [Face] =
      switch face {
      case .regular: [regular, kana, lastResort]
      // The bold face lacks a few symbols of the regular one.
      case .bold: [bold, regular, kanaBold, lastResort]
      }
    return order.first { $0.contains(character) }
  }

  /// Whether a grid may take its metrics from the face: then the face's glyphs are made for the cell.
  func isPrimary(_ face: Face) -> Bool { face === regular || face === bold }

  /// Whether the face holds kana, which bear a change of proportion better than symbols do.
  func isKana(_ face: Face) -> Bool { face === kana || face === kanaBold }
}
