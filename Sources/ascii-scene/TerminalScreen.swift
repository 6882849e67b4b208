import CSystem
import Renderer
import SceneLang

/// Shows pictures on standard output: a character is an upper half block, whose two colors are two pixels, one above the
/// other.
final class TerminalScreen {
  /// Whether frames are drawn over one another; else they follow one another.
  let isTaken: Bool
  private let console: Console
  /// The picture that is shown, as small as that.
  private var small: ContactSheet?

  /// For C strings that signal handlers write: the alternate screen without a cursor, and what was there before.
  private static let taken: StaticString = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J"
  private static let givenBack: StaticString = "\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l"

  /// `isMoving`: a terminal is taken for frames over one another, and given back by `close` or by a signal that ends or stops
  /// the process. Throws `CommandFailure` when the system refuses.
  init(_ console: Console, isMoving: Bool) throws {
    self.console = console
    isTaken = isMoving && console.outputSize != nil
    guard isTaken else { return }
    let (taken, givenBack) = (Self.taken, Self.givenBack)
    let status = taken.utf8Start.withMemoryRebound(to: CChar.self, capacity: taken.utf8CodeUnitCount + 1) { taken in
      givenBack.utf8Start.withMemoryRebound(to: CChar.self, capacity: givenBack.utf8CodeUnitCount + 1) {
        csystem_take_screen(taken, $0)
      }
    }
    guard status == 0 else { throw CommandFailure(.rendering, "cannot catch signals") }
    try console.write("\(taken)")
  }

  func close() {
    // A terminal that went away needs nothing put back.
    if isTaken { _ = try? console.write("\(Self.givenBack)") }
  }

  /// Shows a picture of the format, `columns` wide or as wide as it and the terminal are. Gives whether anybody sees it.
  func show(_ picture: Picture, _ format: PictureFormat, columns: Int?) throws -> Bool {
    let size = console.outputSize ?? (columns: 1000, rows: 1000)
    // A line below the picture stays free: a terminal that writes its last one scrolls.
    let fitting = min(size.columns, 2 * (size.rows - 1) * format.width / format.height)
    let width = max(1, min(columns ?? fitting, fitting, format.width))
    var clear = ""
    if small?.picture.width != width {
      small = ContactSheet(format: format, count: 1, columns: 1, cellWidth: width)
      clear = "\u{1B}[2J"
    }
    guard let small else { preconditionFailure("a picture has a width") }
    small.put(picture, at: 0)
    return try console.write((isTaken ? clear + "\u{1B}[H" : "") + Self.text(of: small.picture))
  }

  /// Lines of half blocks, each ended with the terminal's own colors. A color is named only where it changes.
  static func text(of picture: Picture) -> String {
    typealias Color = (red: UInt8, green: UInt8, blue: UInt8)
    var text = ""
    for y in stride(from: 0, to: picture.height, by: 2) {
      var (upper, lower): (Color?, Color?)
      for x in 0..<picture.width {
        let color = picture[x, y]
        if upper.map({ $0 != color }) ?? true {
          text += "\u{1B}[38;2;\(color.red);\(color.green);\(color.blue)m"
          upper = color
        }
        if y + 1 < picture.height {
          let color = picture[x, y + 1]
          if lower.map({ $0 != color }) ?? true {
            text += "\u{1B}[48;2;\(color.red);\(color.green);\(color.blue)m"
            lower = color
          }
        }
        text += "▀"
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }
}
