import CSystem
import Glibc

/// An open file that is closed with its owner.
final class Descriptor: Sendable {
  let number: Int32

  /// Takes over `number`, which nobody else closes.
  init(owning number: Int32) {
    precondition(number >= 0, "not an open file: \(number)")
    self.number = number
  }

  /// Opens a path for this process only (no child inherits it). Throws the error number.
  convenience init(opening path: String, _ flags: Int32, mode: mode_t = 0) throws(SystemCallError) {
    let number = open(path, flags | O_CLOEXEC, mode)
    guard number >= 0 else { throw SystemCallError(number: errno) }
    self.init(owning: number)
  }

  /// Opens a file for reading. Throws the error number.
  convenience init(reading path: String) throws(SystemCallError) { try self.init(opening: path, O_RDONLY) }

  /// A file without a name in `folder`: it goes with its last descriptor, even when the process is killed.
  static func scratch(in folder: String) throws(BuildFailure) -> Descriptor {
    var template = Array("\(folder)/.scratch.XXXXXX".utf8CString)
    let number = csystem_make_temporary(&template)
    guard number >= 0 else { throw .system(.writing, "cannot make a temporary file in `\(folder)`", errno) }
    unlink(template)
    return Descriptor(owning: number)
  }

  /// The folder for short-lived files: TMPDIR, else /tmp.
  static var temporaryFolder: String {
    guard let named = getenv("TMPDIR").map({ String(cString: $0) }), named.hasPrefix("/") else { return "/tmp" }
    return named
  }

  deinit { close(number) }

  var status: stat? {
    var status = stat()
    return fstat(number, &status) == 0 ? status : nil
  }

  /// Bytes of the file.
  var size: Int { status.map { Int($0.st_size) } ?? 0 }

  /// Up to `count` bytes from `offset`; fewer only at the end of the file. Throws the error number.
  func read(_ count: Int, at offset: Int) throws(SystemCallError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(number, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    guard failure == 0 else { throw SystemCallError(number: failure) }
    return bytes
  }

  /// Writes all of `text` where the file stands. Throws the error number.
  func write(_ text: String) throws(SystemCallError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress!, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written >= 0 else { throw SystemCallError(number: errno) }
      rest = rest.dropFirst(written)
    }
  }
}

/// The error number of a failed system call.
struct SystemCallError: Error {
  let number: Int32
}
