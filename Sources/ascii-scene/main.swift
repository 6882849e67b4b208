import Glibc

exit(CommandTable.all.run(Array(CommandLine.arguments.dropFirst())).rawValue)
