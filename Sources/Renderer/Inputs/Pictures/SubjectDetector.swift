import Glibc
import SceneLang

/// A program that finds the subjects of pictures. SAFETY: only the command line can name one.
///
/// It reads one line of JSON from its standard input, `{"width": W, "height": H, "rgb": "…"}`, with the pixels row by row
/// from the top, three bytes each, in base64, and writes JSON to its standard output: `{"box": [left, top, right,
/// bottom]}` in shares of the picture, or `{"mask": {"columns": C, "rows": R, "levels": […]}}` with C · R integers 0…255,
/// at most 255 each way, or `{}` where it sees no subject.
public struct SubjectDetector: Sendable {
  /// Absolute.
  let program: String
  /// Another program finds other subjects.
  let identity: ContentHash

  /// Pixels of the longer side of what it is shown, at most.
  static let size = 384

  /// Throws a failure of kind `missingProgram` for what is no program.
  public init(path: String) throws(BuildFailure) {
    guard let resolved = Folder.realPath(path) else { throw .noDetector(path, SystemError.text(errno)) }
    program = resolved
    guard let file = try? Descriptor(opening: program, O_RDONLY | O_NONBLOCK), let status = file.status,
      status.st_mode & S_IFMT == S_IFREG, access(program, X_OK) == 0, let hash = try? ContentHash(of: file)
    else { throw .noDetector(path, "it is no program that may be run") }
    identity = hash
  }

  /// Throws a failure of kind `asset` when it ends badly or its answer is none.
  func subject(of block: PixelBlock, _ cancellation: Cancellation) throws(BuildFailure) -> SubjectMask {
    var command = ChildCommand(program: program, arguments: [], readsPipe: true, keepsOutput: true)
    // Whoever loads a model needs more room, and time, than a decoder.
    command.limits = ChildCommand.Limits(addressSpace: 64 << 30, fileSize: 1 << 30, cpuSeconds: 600)
    command.patience = .seconds(300)
    let child = try ChildProcess(command, cancellation)
    do {
      try child.write(Array(Self.question(block).utf8)[...])
    } catch  where error.kind == .encoder {
      // One that ends before it has read everything may have answered all the same.
    }
    let status = try child.wait()
    guard status.isSuccess else {
      throw .badDetector(program, child.errorTail().split(separator: "\n").last.map(String.init) ?? "it \(status)")
    }
    guard let mask = Self.mask(answer: try child.outputBytes()) else {
      throw .badDetector(program, "its answer is no `box`, no `mask` and no `{}`")
    }
    return mask
  }

  // MARK: The protocol

  /// Colours as they are, without the coverage that a block multiplies them by.
  static func question(_ block: PixelBlock) -> String {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(3 * block.width * block.height)
    for pixel in stride(from: 0, to: block.bytes.count, by: 4) {
      let cover = max(1, Int(block.bytes[pixel + 3]))
      for channel in 0..<3 {
        rgb.append(UInt8(min(255, (Int(block.bytes[pixel + channel]) * 255 + cover / 2) / cover)))
      }
    }
    return "{\"width\": \(block.width), \"height\": \(block.height), \"rgb\": \"\(Base64.text(rgb))\"}\n"
  }

  /// Nil for what answers nothing. JSON is YAML.
  static func mask(answer bytes: [UInt8]) -> SubjectMask? {
    guard bytes.count <= 1 << 20, bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
    var sources = SourceMap()
    var findings = DiagnosticBag()
    let file = sources.add(path: "answer", bytes: bytes)
    guard let root = parseYAML(file, in: sources, reporting: &findings), !findings.hasErrors,
      case .mapping(let entries) = root.content
    else { return nil }
    if entries.isEmpty { return SubjectMask(columns: 1, rows: 1, levels: [0]) }
    if let box = entries.first(where: { $0.key == "box" }) { return Self.box(box.value) }
    guard let mask = entries.first(where: { $0.key == "mask" }), case .mapping(let parts) = mask.value.content,
      let columns = parts.first(where: { $0.key == "columns" }).flatMap({ integer($0.value) }),
      let rows = parts.first(where: { $0.key == "rows" }).flatMap({ integer($0.value) }),
      (1...255).contains(columns), (1...255).contains(rows),
      let list = parts.first(where: { $0.key == "levels" }), case .sequence(let items) = list.value.content
    else { return nil }
    let levels = items.compactMap { integer($0).flatMap { UInt8(exactly: $0) } }
    guard levels.count == items.count, levels.count == columns * rows else { return nil }
    return SubjectMask(columns: columns, rows: rows, levels: levels)
  }

  /// Left, top, right and bottom; parts that it covers by a half are half there.
  private static func box(_ node: YAMLNode) -> SubjectMask? {
    guard case .sequence(let items) = node.content else { return nil }
    let edges = items.compactMap { number($0) }
    guard edges.count == 4, items.count == 4, edges.allSatisfy({ (0...1).contains($0) }), edges[0] < edges[2],
      edges[1] < edges[3]
    else { return nil }
    let size = 96
    func share(_ part: Int, _ low: Double, _ high: Double) -> Double {
      max(0, min(high * Double(size), Double(part + 1)) - max(low * Double(size), Double(part)))
    }
    let levels = (0..<size * size).map { place in
      UInt8(255 * share(place % size, edges[0], edges[2]) * share(place / size, edges[1], edges[3]) + 0.5)
    }
    return SubjectMask(columns: size, rows: size, levels: levels)
  }

  private static func number(_ node: YAMLNode) -> Double? {
    guard case .scalar(let scalar) = node.content, scalar.style == .plain else { return nil }
    return Double(scalar.text)
  }

  private static func integer(_ node: YAMLNode) -> Int? { number(node).flatMap { Int(exactly: $0) } }
}

/// RFC 4648, with padding.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let word = (0..<3).reduce(0) { $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0) }
      for place in 0..<4 {
        text.append(place <= part.count ? digits[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension BuildFailure {
  fileprivate static func noDetector(_ path: String, _ reason: String) -> BuildFailure {
    BuildFailure(.missingProgram, "`\(path)` cannot find subjects: \(reason)")
  }

  fileprivate static func badDetector(_ program: String, _ reason: String) -> BuildFailure {
    BuildFailure(.asset, "the detector `\(program)` found no subject: \(reason)")
  }
}
