import Glibc

let table = CommandTable(commands: [
  AnalyzeCommand.self,
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
  SyncCommand.self,
])
exit(table.run(Array(CommandLine.arguments.dropFirst())).rawValue)
