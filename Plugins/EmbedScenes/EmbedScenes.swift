import Foundation
import PackagePlugin

/// Turns the YAML files of a target's folder `Prelude` or `Template` into one Swift file, so that the binary carries them:
/// `PreludeFiles.sources`, or `TemplateFiles.sources`, maps a file's name, without the extension, to its text.
///
/// The command runs when one of its files changed, and the files are listed anew when one was added or taken away.
/// (A prebuild command misses changes inside a file as long as the build plan is cached.) Raw string literals, since
/// array literals of bytes take minutes to compile.
@main struct EmbedScenes: BuildToolPlugin {
  private static let folders = ["Prelude", "Template"]

  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let script = context.package.directoryURL.appending(path: "Plugins/EmbedScenes/embed.sh")
    func path(_ url: URL) -> String { url.path(percentEncoded: false) }
    return try Self.folders.compactMap { name in
      let folder = context.package.directoryURL.appending(path: "Sources/\(target.name)/\(name)")
      guard FileManager.default.fileExists(atPath: path(folder)) else { return nil }
      let output = context.pluginWorkDirectoryURL.appending(path: "\(name)Files.swift")
      let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { $0.pathExtension == "yaml" }
        .sorted { path($0) < path($1) }
      return .buildCommand(
        displayName: "Embedding the \(name.lowercased()) files of \(target.name)",
        executable: URL(filePath: "/bin/sh"), arguments: [path(script), path(output)] + files.map(path),
        inputFiles: [script] + files, outputFiles: [output])
    }
  }
}
