import Foundation
import PackagePlugin

/// Turns every `Prelude/*.yaml` of a target into one Swift file, `PreludeFiles.swift`, so that the binary carries its
/// prelude: `PreludeFiles.sources` maps a file's name, without the extension, to its text.
///
/// The command runs when one of its files changed, and the files are listed anew when one was added or taken away.
/// (A prebuild command misses changes inside a file as long as the build plan is cached.) Raw string literals, since
/// array literals of bytes take minutes to compile.
@main struct EmbedPrelude: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let script = context.package.directoryURL.appending(path: "Plugins/EmbedPrelude/embed.sh")
    let prelude = context.package.directoryURL.appending(path: "Sources/\(target.name)/Prelude")
    let output = context.pluginWorkDirectoryURL.appending(path: "PreludeFiles.swift")
    let files = try FileManager.default.contentsOfDirectory(at: prelude, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }
      .sorted { $0.path() < $1.path() }
    return [
      .buildCommand(
        displayName: "Embedding the prelude of \(target.name)", executable: URL(filePath: "/bin/sh"),
        arguments: [script.path(), output.path()] + files.map { $0.path() }, inputFiles: [script] + files,
        outputFiles: [output])
    ]
  }
}
