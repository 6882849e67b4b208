import Renderer
import SceneLang

/// Scripts that make shells complete commands, options, words and files; printed from the declarations.
enum Completions {
  /// What may follow: words, or files.
  private enum Candidates {
    case words([String])
    case files
    case nothing
  }

  static func bash(_ commands: [CommandDeclaration]) -> String {
    """
    # bash completion for ascii-scene: source this file, or put it into /etc/bash_completion.d.
    _ascii_scene() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
      COMPREPLY=()
      if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W '\(commands.map(\.name).joined(separator: " ")) --help --version' -- "$current"))
        return
      fi
      case "$command $previous" in
    \(commands.flatMap(bashValues).joined(separator: "\n"))
      esac
      if [[ "$current" == -* ]]; then
        case "$command" in
    \(commands.map { "      \($0.name)) COMPREPLY=($(compgen -W '\(flags(of: $0))' -- \"$current\"));;" }.joined(separator: "\n"))
        esac
        return
      fi
      case "$command" in
    \(commands.map { "    \($0.name)) \(bashReply(positional(of: $0)));;" }.joined(separator: "\n"))
      esac
    }
    complete -o filenames -F _ascii_scene ascii-scene

    """
  }

  static func zsh(_ commands: [CommandDeclaration]) -> String {
    """
    #compdef ascii-scene
    # zsh completion for ascii-scene: put it as _ascii-scene into a folder of $fpath.
    _ascii-scene() {
      local -a commands=(
    \(commands.map { "    '\($0.name):\(quoted($0.summary))'" }.joined(separator: "\n"))
      )
      if (( CURRENT == 2 )); then
        _describe command commands
        return
      fi
      local command=${words[2]}
      shift words
      (( CURRENT-- ))
      case $command in
    \(commands.map { "    \($0.name)) _arguments \(zshArguments(of: $0));;" }.joined(separator: "\n"))
      esac
    }
    _ascii-scene "$@"

    """
  }

  static func fish(_ commands: [CommandDeclaration]) -> String {
    var lines = [
      "# fish completion for ascii-scene: put it as ascii-scene.fish into ~/.config/fish/completions.",
      "complete -c ascii-scene -f",
    ]
    for command in commands {
      lines.append(
        "complete -c ascii-scene -n __fish_use_subcommand -a \(command.name) -d '\(quoted(command.summary))'")
      let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
      for option in command.options {
        var line = "complete -c ascii-scene \(condition) -l \(option.name)"
        if let short = option.short { line += " -s \(short)" }
        switch candidates(of: option) {
        case .words(let words): line += " -x -a '\(words.joined(separator: " "))'"
        case .files: line += " -r -F"
        case .nothing: if option.valueName != nil { line += " -x" }
        }
        lines.append(line + " -d '\(quoted(option.help))'")
      }
      switch positional(of: command) {
      case .words(let words):
        lines.append("complete -c ascii-scene \(condition) -a '\(words.joined(separator: " "))'")
      case .files: lines.append("complete -c ascii-scene \(condition) -F")
      case .nothing: break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Candidates

  /// An option's words stand in its value name, as `draft|preview`; what is called FILE or DIR is a file.
  private static func candidates(of option: any OptionDeclaration) -> Candidates {
    guard let value = option.valueName else { return .nothing }
    if value.contains("|") { return .words(value.split(separator: "|").map(String.init)) }
    return value == "FILE" || value == "DIR" ? .files : .nothing
  }

  private static func positional(of command: CommandDeclaration) -> Candidates {
    guard let positional = command.positionals.first else { return .nothing }
    switch positional.completion {
    case .files: return .files
    case .words(let words): return .words(words)
    case .names: return .words(Set(Catalog.builtin.items().map(\.name)).sorted())
    }
  }

  private static func flags(of command: CommandDeclaration) -> String {
    (command.options.map { "--\($0.name)" } + ["--help"]).joined(separator: " ")
  }

  // MARK: Shells

  private static func bashValues(of command: CommandDeclaration) -> [String] {
    command.options.compactMap { option in
      guard option.valueName != nil else { return nil }
      let spellings = ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? [])
      let patterns = spellings.map { "'\(command.name) \($0)'" }.joined(separator: "|")
      return "    \(patterns)) \(bashReply(candidates(of: option))); return;;"
    }
  }

  private static func bashReply(_ candidates: Candidates) -> String {
    switch candidates {
    case .words(let words): "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$current\"))"
    // A name a line, which may have blanks; a word as it is typed has backslashes before them.
    case .files: "mapfile -t COMPREPLY < <(compgen -f -- \"${current//\\\\/}\")"
    case .nothing: ":"
    }
  }

  private static func zshArguments(of command: CommandDeclaration) -> String {
    var arguments = command.options.map { option -> String in
      let value = option.valueName.map { _ in ":value:\(zshAction(candidates(of: option)))" } ?? ""
      let name = option.short.map { "{-\($0),--\(option.name)}" } ?? "--\(option.name)"
      return "\(name)'[\(quoted(option.help))]\(value)'"
    }
    arguments.append("'*:argument:\(zshAction(positional(of: command)))'")
    return arguments.joined(separator: " ")
  }

  private static func zshAction(_ candidates: Candidates) -> String {
    switch candidates {
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .files: "_files"
    case .nothing: " "
    }
  }

  /// Help inside of single quotes and, for zsh, inside of brackets and before colons.
  private static func quoted(_ text: String) -> String {
    String(text.filter { !"'[]:\\".contains($0) })
  }
}
