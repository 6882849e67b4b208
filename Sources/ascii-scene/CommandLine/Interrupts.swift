import CSystem
import Glibc
import Renderer

extension CommandFailure {
  /// A build's failure with the exit code of its kind.
  init(_ failure: BuildFailure) {
    let code: ExitCode =
      switch failure.kind {
      case .missingProgram: .missingProgram
      case .asset: .scene
      case .writing, .encoder, .rendering, .verification: .rendering
      case .cancelled: Interrupts.exitCode
      case .unusableName: .usage
      }
    if failure.kind == .cancelled {
      self.init(code, "interrupted", help: "finished clips are kept: the same command goes on")
    } else {
      self.init(code, failure.message, help: failure.help)
    }
  }
}

/// SIGINT, SIGTERM and SIGHUP as wishes that work under way can ask for, so that it ends in order.
enum Interrupts {
  /// From now on the first signal is noted and another, half a second later or more, ends the process, unless it is SIGHUP.
  ///
  /// Throws `CommandFailure` when the system refuses.
  static func catchSignals() throws {
    guard csystem_catch_interrupts() == 0 else {
      throw CommandFailure(.rendering, "cannot catch interrupts: \(String(cString: strerror(errno)))")
    }
  }

  static let cancellation = Cancellation { csystem_caught_signal() != 0 }

  /// What a process that was asked to stop says.
  static var exitCode: ExitCode { [SIGTERM, SIGHUP].contains(csystem_caught_signal()) ? .terminated : .interrupted }
}
