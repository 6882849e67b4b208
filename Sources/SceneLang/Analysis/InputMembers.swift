/// What expressions read of inputs: `clip.luma`, `clip.brightness`, `clip.end`.
extension Analyzer {
  /// Whether `path` begins with the name of an input.
  func isInput(_ path: [Name], in scope: Scope) -> Bool {
    inputs.spans[path[0].key] != nil && scope.module.imports[path[0].key] == nil && scope.find(path[0].key) == nil
  }

  /// `clip.luma`, `clip.color`, `clip.gradient`, `clip.end`.
  func inputMember(_ path: [Name], _ span: Span) -> TypedExpression {
    inputs.used.insert(path[0].key)
    if let table = inputs.tables[path[0].key] {
      if path.count > 1 {
        report(.memberOfLookup(path[0], path[1]))
        return .invalid(span)
      }
      return TypedExpression(.lookup(table), type: .lut, rate: .constant, span: span)
    }
    // An input that cannot be read is reported at its own line.
    guard let picture = inputs.pictures[path[0].key] else {
      if let words = inputs.words[path[0].key] {
        if path.count == 2, path[1].key == "end" { return .number(words.end, .time, span: span) }
        report(.wordsAsPicture(path[0]))
      }
      return .invalid(span)
    }
    guard path.count == 2 else {
      report(.memberOfInput(path[0], path.count > 2 ? path[2] : nil, span))
      return .invalid(span)
    }
    func channel(_ channel: PictureChannel) -> TypedExpression {
      TypedExpression(.picture(picture, channel), rate: .cell, span: span)
    }
    switch path[1].key {
    case "color":
      return TypedExpression(
        .rgb(channel(.red), channel(.green), channel(.blue)), type: .color, rate: .cell, span: span)
    case "gradient":
      return TypedExpression(.gradient(picture.facts.gradient, at: nil), type: .gradient, rate: .cell, span: span)
    case "end": return .number(picture.duration, .time, span: span)
    default:
      if let feature = PictureFeature(rawValue: path[1].key) { return measured(picture, feature, span) }
      if let known = PictureChannel(rawValue: path[1].key) {
        if known == .subject, picture.facts.subject == nil {
          report(.noSubject(path[0], span))
          return .invalid(span)
        }
        return channel(known)
      }
      report(.noMember(path[1], of: path[0]))
      return .invalid(span)
    }
  }

  /// `clip.brightness`: the frames are measured when the first of these is asked for, since all have to be decoded.
  private func measured(_ picture: CheckedPicture, _ feature: PictureFeature, _ span: Span) -> TypedExpression {
    let content = picture.facts.content
    if inputs.curves[content] == nil, var request = inputs.requests[content] {
      request.isMeasured = true
      switch inputReader(request) {
      case .failure(let failure): report(Diagnostic("unreadable_file", failure.message, at: span))
      case .success(let facts): inputs.curves[content] = facts.curves
      }
    }
    guard let curve = inputs.curves[content]?[feature] else { return .invalid(span) }
    guard picture.facts.isMoving else { return .number(curve.value(at: 0), span: span) }
    return TypedExpression(.measured(picture, curve), rate: .frame, span: span)
  }

  /// The first moving picture that an expression reads, through names too.
  func movingPicture(in expression: TypedExpression) -> Bool {
    switch expression.kind {
    case .picture(let picture, _), .measured(let picture, _): return picture.facts.isMoving
    case .binding(let id): return fact(\.showsMovingPicture, of: id, none: false) { movingPicture(in: $0) }
    case .field(let id, let arguments):
      if fact(\.fieldShowsMovingPicture, of: id, none: false, { movingPicture(in: $0) }) { return true }
      return arguments.contains { movingPicture(in: $0) }
    default: return expression.parts.contains { movingPicture(in: $0) }
    }
  }
}

extension PictureFacts {
  /// Its colours from the darkest to the lightest at equal steps.
  var gradient: Gradient {
    let colors = colors.count > 1 ? colors : [RGB(0, 0, 0), colors[0]]
    let stops = colors.enumerated().map { index, color in
      Gradient.Stop(position: Double(index) / Double(colors.count - 1), color: color)
    }
    return Gradient(stops: stops, space: .oklab)
  }
}

extension Diagnostic {
  fileprivate static func memberOfLookup(_ name: Name, _ member: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` is a table of colours and has nothing called `\(member.text)`", at: member.span,
      help: "a look uses it whole: `- lut: \(name.text)`")
  }

  fileprivate static func wordsAsPicture(_ name: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` holds words, which a layer shows", at: name.span,
      help: "as in `- lyrics: \(name.text)`")
  }

  static var inputMembers: [String] {
    PictureChannel.allCases.map(\.rawValue) + PictureFeature.allCases.map(\.rawValue) + ["color", "gradient", "end"]
  }

  fileprivate static func memberOfInput(_ name: Name, _ extra: Name?, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` is an input: say what of it is read", at: extra?.span ?? span,
      help: "as in `\(name.text).luma`; there are \(list(inputMembers.sorted()))")
  }

  fileprivate static func noSubject(_ name: Name, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` is a sequence of stills, in which no subject is looked for", at: span,
      help: "name one of them as an input of its own, `{image: …}`")
  }

  fileprivate static func noMember(_ name: Name, of input: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(input.text)` has nothing called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: inputMembers), help: "it has \(list(inputMembers.sorted()))",
      edit: replacement(name.text, among: inputMembers, at: name.span))
  }

  static func movingAtManyTimes(_ time: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_rate", "a moving picture is read at one time per frame, but this changes per \(time.rate.rawValue)",
      at: time.span)
  }
}
