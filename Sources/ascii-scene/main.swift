import Glibc

let table = CommandTable(commands: [])
exit(table.run(Array(CommandLine.arguments.dropFirst())).rawValue)
