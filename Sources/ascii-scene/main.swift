import Glibc

let table = CommandTable(commands: [
  BuildCommand.self,
  CacheCommand.self,
  CheckCommand.self,
  DoctorCommand.self,
  ExplainCommand.self,
  FrameCommand.self,
  GraphCommand.self,
  HashCommand.self,
  ListCommand.self,
  ProfileCommand.self,
  SheetCommand.self,
  ShowCommand.self,
])
exit(table.run(Array(CommandLine.arguments.dropFirst())).rawValue)
