import CSystem
import Glibc

guard csystem_prepare() == 0 else { exit(ExitCode.rendering.rawValue) }
exit(CommandTable.all.run(Array(CommandLine.arguments.dropFirst())).rawValue)
