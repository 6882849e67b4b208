import CSystem

/// Words for the error numbers of system calls.
enum SystemError {
  static func text(_ number: Int32) -> String {
    csystem_error_text(number).map { String(cString: $0).lowercased() } ?? "error \(number)"
  }
}
