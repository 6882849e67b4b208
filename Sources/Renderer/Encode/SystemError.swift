import CSystem

/// Words for the numbers of errors and signals.
enum SystemError {
  static func text(_ number: Int32) -> String {
    csystem_error_text(number).map { String(cString: $0).lowercased() } ?? "error \(number)"
  }

  static func signal(_ number: Int32) -> String {
    "signal \(number)" + (csystem_signal_text(number).map { " (\(String(cString: $0).lowercased()))" } ?? "")
  }
}
