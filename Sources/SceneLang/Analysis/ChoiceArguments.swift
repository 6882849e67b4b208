extension Analyzer {
  /// Choices are words, not expressions: they are taken out of a call before the rest is bound. The rest of the positional
  /// arguments get the names of their places. Nil after a report.
  func takeWords(
    _ arguments: [Argument], _ parameters: [CheckedParameter], of owner: Name
  ) -> (words: [Int: String], rest: [Argument])? {
    var words: [Int: String] = [:]
    var rest: [Argument] = []
    for (position, argument) in arguments.enumerated() {
      let place = argument.name.map { key in parameters.firstIndex { Name.folded($0.name) == key.key } } ?? position
      guard let place, parameters.indices.contains(place) else {
        rest.append(argument)
        continue
      }
      let parameter = parameters[place]
      guard parameter.type == .choice else {
        let name = argument.name ?? Name(parameter.name, span: argument.value.span)
        rest.append(Argument(name: words.isEmpty ? argument.name : name, value: argument.value))
        continue
      }
      guard let word = word(argument.value, of: parameter, in: owner.text) else { return nil }
      if words.updateValue(word, forKey: place) != nil {
        report(.argumentTwice(argument.name?.span ?? argument.value.span, parameter.name))
        return nil
      }
    }
    return (words, rest)
  }

  private func word(_ expression: Expression, of parameter: CheckedParameter, in owner: String) -> String? {
    if case .reference(let path) = expression.kind, path.count == 1,
      let word = parameter.choices.first(where: { Name.folded($0) == path[0].key })
    {
      return word
    }
    let text = if case .reference(let path) = expression.kind { path[0].text } else { "this" }
    report(
      .unknownChoice(
        text, of: "a choice for `\(parameter.name)` of `\(owner)`", choices: parameter.choices, at: expression.span))
    return nil
  }
}
