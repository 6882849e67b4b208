import Glibc

/// A build that gives way to whatever else runs on the machine.
enum Politeness {
  /// Lowers the priority of this thread and of all threads and programs that it starts from now on by 10. A system that
  /// refuses leaves it as it is.
  static func begin() { _ = nice(10) }
}
