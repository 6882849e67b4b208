extension KeyTable {
  static let field = KeyTable.named("field")
  static let parameter = KeyTable.named("parameter")
  static let chain = KeyTable.named("look definition")
  static let pixelShader = KeyTable.named("pixel shader")

  /// Types of parameters of templates that are no values of expressions.
  static let structuralTypes: Set<String> = ["layers", "look", "palette"]

  private static let params = KeyDeclaration(
    "params", .named(.either([.value(.number, rate: .cell), .table("parameter")])),
    "What a call may give; a plain value is short for a number with that default.")

  private static let feedback = KeyDeclaration(
    "feedback", .either([.words(["none"]), .call(.feedback), .table("feedback")]),
    "What a segment with this look has as its feedback, unless it says its own.")

  static let definitionTables: [KeyTable] = [
    KeyTable(
      "field", "A field of your own.",
      [
        .init("doc", .text, "What it shows."),
        .init("aliases", .list(.text), "Other names it answers to."),
        params,
        .bindings(rate: .pixel),
        .init("value", .call(.field), required: true, "The value of a cell, 0…1."),
        .init("show", .table("show"), "How it likes to be drawn when a layer does not say."),
      ]),
    KeyTable(
      "look definition", "A chain of shaders with parameters.",
      [
        .init("doc", .text, "What it does to a picture."),
        params,
        .bindings(rate: .frame),
        .init("chain", .look, required: true, "The shaders, in order."),
        feedback,
      ]),
    KeyTable(
      "pixel shader", "A shader of your own: a color for every pixel of the picture.",
      [
        .init("doc", .text, "What it does to a picture."),
        params,
        .bindings(rate: .pixel),
        .init(
          "color", .value(.color, rate: .pixel), required: true,
          "The new color, from `r`, `g`, `b`, `luma` and `color` of the old; a number is a grey."),
      ]),
    KeyTable(
      "parameter", "A parameter of a scene, a field, a look or a template.",
      [
        .init("aliases", .list(.text), "Other names it answers to."),
        .init("type", .words(ValueType.allCases.map(\.rawValue) + ["layers", "look"]), "What kind of value it takes."),
        .init(
          "default", .either([.value(.number, rate: .pixel), .list(.table("layer"))]), "Its value when none is given."),
        .init("min", .value(.number, rate: .constant), "The least value."),
        .init("max", .value(.number, rate: .constant), "The greatest value."),
        .init("choices", .list(.text), "The words of a choice."),
        .init("unit", .words(["angle", "frequency", "length", "time"]), "What a number measures."),
        .init("rate", .words(Rate.allCases.map(\.rawValue)), "The finest rate it takes."),
        .init("doc", .text, "What it does."),
      ]),
  ]
}
