import CSystem
import Glibc

// A reader that goes away is an error of the write, which the console heeds: what was begun is still tidied away.
signal(SIGPIPE, SIG_IGN)
guard csystem_prepare() == 0 else { exit(ExitCode.rendering.rawValue) }
exit(CommandTable.all.run(try SystemText.words()).rawValue)
