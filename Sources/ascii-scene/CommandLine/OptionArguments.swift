import SceneLang

/// The frames that `--frames` names.
enum FrameSelection: Sendable, Hashable {
  case range(Range<Int>)
  case first(Int)

  /// `A..B` with A < B (B not included, as in the language's loops) or a count `N`.
  init(parsing text: String) throws(InvalidValue) {
    let expected = "A..B with A < B, or a number of frames"
    if let separator = text.firstRange(of: "..") {
      guard let first = Int(text[..<separator.lowerBound]), let end = Int(text[separator.upperBound...]), first >= 0,
        first < end
      else { throw InvalidValue(expected: expected) }
      self = .range(first..<end)
    } else {
      guard let count = Int(text), count > 0 else { throw InvalidValue(expected: expected) }
      self = .first(count)
    }
  }

  /// The selected frames of a video of `frameCount` frames.
  ///
  /// Throws `CommandFailure` with code `.usage` when they are not all there.
  func resolve(frameCount: Int) throws -> Range<Int> {
    let range =
      switch self {
      case .range(let range): range
      case .first(let count): 0..<count
      }
    guard range.upperBound <= frameCount else {
      throw CommandFailure(
        .usage, "`--frames` asks for frame \(range.upperBound - 1), but the video's last frame is \(frameCount - 1)",
        help: "give a range within 0..\(frameCount)")
    }
    return range
  }
}

/// `--set name=value`: the value is text in the scene language.
struct ParameterOverride: Sendable, Hashable {
  var name: String
  var value: String

  init(parsing text: String) throws(InvalidValue) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw InvalidValue(expected: "NAME=VALUE")
    }
    name = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
  }
}

extension AspectRatio {
  /// `landscape`, `portrait`, `square`, `ultrawide` or `W:H` with sides of 1…1000.
  init(parsing text: String) throws(InvalidValue) {
    if let named = Self.named[text] {
      self = named
      return
    }
    guard let sides = twoIntegers(text, separator: ":", in: 1...1000) else {
      throw InvalidValue(
        expected: "landscape, portrait, square, ultrawide or W:H",
        nearest: nearestName(to: text, among: Self.named.keys))
    }
    self.init(sides.0, sides.1)
  }
}

/// The pixels of a picture.
struct Resolution: Sendable, Hashable {
  var width: Int
  var height: Int

  init(parsing text: String) throws(InvalidValue) {
    guard let sides = twoIntegers(text, separator: "x", in: 1...PictureFormat.longestSide),
      PictureFormat.allows(width: sides.0, height: sides.1)
    else {
      throw InvalidValue(
        expected: "WxH with sides from 1 to \(PictureFormat.longestSide) and at most \(PictureFormat.mostPixels) pixels"
      )
    }
    (width, height) = sides
  }
}

extension FrameRate {
  /// `24` or `30000/1001`, as in a scene.
  init(parsing text: String) throws(InvalidValue) {
    guard let rate = FrameRate(text) else {
      throw InvalidValue(expected: "frames per second such as 24 or 30000/1001, between 1 and 240")
    }
    self = rate
  }
}

private func twoIntegers(_ text: String, separator: Character, in range: ClosedRange<Int>) -> (Int, Int)? {
  let sides = text.split(separator: separator, omittingEmptySubsequences: false).map { Int($0) }
  guard sides.count == 2, let first = sides[0], let second = sides[1], range.contains(first), range.contains(second)
  else { return nil }
  return (first, second)
}
