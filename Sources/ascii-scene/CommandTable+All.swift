extension CommandTable {
  /// Every command, by name.
  static let all = CommandTable(commands: [
    AnalyzeCommand.self,
    BuildCommand.self,
    CacheCommand.self,
    CheckCommand.self,
    CompletionsCommand.self,
    DiffCommand.self,
    DoctorCommand.self,
    EstimateCommand.self,
    ExplainCommand.self,
    FrameCommand.self,
    GraphCommand.self,
    HashCommand.self,
    ListCommand.self,
    NewCommand.self,
    PreviewCommand.self,
    ProfileCommand.self,
    SchemaCommand.self,
    SheetCommand.self,
    ShowCommand.self,
    SyncCommand.self,
    TestCommand.self,
    VerifyCommand.self,
    WatchCommand.self,
  ])
}
