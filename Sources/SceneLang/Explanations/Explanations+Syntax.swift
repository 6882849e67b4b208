extension Explanation {
  /// How YAML is written.
  static let syntax: [Explanation] = [
    .init(
      "bad_escape", "Between double quotes a backslash begins an escape such as `\\n`; single quotes know none.",
      wrong: .layer(#"text: "50\% off""#), right: .layer(#"text: '50\% off'"#)),
    .init(
      "bad_indentation", "Keys of one mapping begin in one column; what belongs to a key is indented deeper.",
      wrong: .layer("field: plasma\n   grid: md"), right: .layer("field: plasma\ngrid: md")),
    .init(
      "block_scalar_header",
      "`>` and `|` at the start of a value begin a block of text, so a value that starts with one must be quoted.",
      wrong: .layer("text: > forward"), right: .layer(#"text: "> forward""#)),
    .init(
      "color_is_comment",
      "` #` begins a comment, so a colour without quotes vanishes together with all that follows it.",
      wrong: .layer("field: plasma\ncolor: #ff5f6d"), right: .layer("field: plasma\ncolor: \"#ff5f6d\"")),
    .init(
      "cut_by_comment", "` #` begins a comment, also in the middle of an expression.",
      wrong: .layer("field: mix(plasma, # the other\n  fbm, 0.5)"),
      right: .layer("field: mix(plasma, fbm, 0.5)   # the other")),
    .init(
      "duplicate_key", "Each key stands once in its mapping; the second would silently win over the first.",
      wrong: .layer("field: plasma\ngrid: sm\ngrid: md"), right: .layer("field: plasma\ngrid: md")),
    .init(
      "empty_key", "Before a colon stands the name of what is given.",
      wrong: .layer("field: plasma\n: md"), right: .layer("field: plasma\ngrid: md")),
    .init(
      "key_not_text", "Keys are words, not lists or mappings; braces of a text slot need quotes around the text.",
      wrong: .layer("text: {{name}: 1}"), right: .layer(#"text: "{{name}}""#)),
    .init(
      "list_in_value", "A list below a key begins on its own line; only the form with brackets stands behind the key.",
      wrong: .segment("duration: 4s\nlayers: - field: plasma"),
      right: .segment("duration: 4s\nlayers:\n  - field: plasma")),
    .init(
      "long_key", "YAML keys have at most 1000 characters; a longer one is most likely a text without its key.",
      wrong: .described(
        "a line of 1500 characters and a colon", Array("\(String(repeating: "k", count: 1500)): 1".utf8)),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "merge_key", "`<<` is not part of YAML 1.2 and not of scenes.",
      wrong: .top(
        "segments:\n  - {duration: 4s, layers: [&base {field: plasma}]}\n  - {duration: 4s, layers: [{<<: *base, grid: md}]}"
      ),
      right: .top(
        "segments:\n  - {duration: 4s, layers: [{field: plasma}]}\n  - {duration: 4s, layers: [{field: plasma, grid: md}]}"
      )),
    .init(
      "missing_colon", "A line of a mapping is a key, a colon, a blank and a value.",
      wrong: .layer("field: plasma\ngrid:md"), right: .layer("field: plasma\ngrid: md")),
    .init(
      "missing_comma", "Items between brackets are separated by commas.",
      wrong: .layer("{field: plasma grid: md}"), right: .layer("{field: plasma, grid: md}")),
    .init(
      "missing_item", "Between two commas an item is missing.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma, , field: fbm]"),
      right: .segment("duration: 4s\nlayers: [field: plasma, field: fbm]")),
    .init(
      "mixed_block", "What is indented alike is one list or one mapping, not both.",
      wrong: .segment("duration: 4s\nlayers:\n- field: plasma\nlook: none\n- field: fbm"),
      right: .segment("duration: 4s\nlayers:\n- field: plasma\n- field: fbm\nlook: none")),
    .init(
      "nested_colon", "A colon with a blank behind it begins a value; a text that holds one must be quoted.",
      wrong: .layer("text: Chapter 1: The Sea"), right: .layer(#"text: "Chapter 1: The Sea""#)),
    .init(
      "nesting_too_deep", "Values are nested at most 64 levels deep.",
      wrong: .described(
        "a hundred opening brackets",
        Array(
          "ascii-scene: 1\nsegments: \(String(repeating: "[", count: 100))\(String(repeating: "]", count: 100))".utf8)),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "nul_character", "No text can hold the character U+0000.",
      wrong: .layer(#"text: "end\0""#), right: .layer(#"text: "end""#)),
    .init(
      "recursive_alias", "An alias inside the value that its anchor names would never end.",
      wrong: .segment("duration: 4s\nlayers: &all [field: plasma, *all]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]")),
    .init(
      "reserved_character", "YAML keeps `@`, a backquote and `%` at the start of a value for itself.",
      wrong: .layer("text: @nova live"), right: .layer(#"text: "@nova live""#)),
    .init(
      "stray_mark", "A closing bracket or a comma stands where nothing was opened.",
      wrong: .layer("field: plasma\ngrid: ]"), right: .layer("field: plasma\ngrid: md")),
    .init(
      "tab_indentation", "YAML lines are indented with blanks: nobody can tell how wide a tab is.",
      wrong: .file("ascii-scene: 1\nsegments:\n\t- duration: 4s\n\t  layers: [field: plasma]"),
      right: .file("ascii-scene: 1\nsegments:\n  - duration: 4s\n    layers: [field: plasma]")),
    .init(
      "text_after_value", "A value that begins with a quote or a bracket ends at its partner.",
      wrong: .layer(#"text: "one" two"#), right: .layer(#"text: '"one" two'"#)),
    .init(
      "unclosed_bracket", "Every `[` and `{` needs its partner.",
      wrong: .layer("{field: plasma, grid: md"), right: .layer("{field: plasma, grid: md}")),
    .init(
      "unclosed_quote", "A quote that opens a text, or a string in an expression, needs its partner.",
      wrong: .layer(#"text: "one"#), right: .layer(#"text: "one""#)),
    .init(
      "unknown_anchor", "`*name` stands for the value that `&name` named further up.",
      wrong: .layer("text: *important"), right: .layer(#"text: "*important""#)),
    .init(
      "unquoted_expression",
      "Between brackets a comma ends a value, also one inside parentheses; quotes keep the expression whole.",
      wrong: .layer("{field: mix(plasma, fbm, 0.5), grid: md}"),
      right: .layer(#"{field: "mix(plasma, fbm, 0.5)", grid: md}"#)),
    .init(
      "wrong_bracket", "`[` is closed by `]` and `{` by `}`.",
      wrong: .layer("{field: plasma, grid: md]"), right: .layer("{field: plasma, grid: md}")),
    .init(
      "yaml_syntax",
      "The text is not YAML in a way for which there is no better explanation, such as a broken `%` line behind the end of the scene.",
      wrong: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]\n...\n%TAG ! <scene>"),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
    .init(
      "yaml_tag", "`!` begins a YAML tag; in expressions a negation is written `not`.",
      wrong: .layer("field: plasma\nwhen: !portrait"), right: .layer("field: plasma\nwhen: not portrait")),
  ]
}
