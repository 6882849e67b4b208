import Glibc

let table = CommandTable(commands: [
  BuildCommand.self,
  DoctorCommand.self,
])
exit(table.run(Array(CommandLine.arguments.dropFirst())).rawValue)
