import CSystem
import Glibc
import Synchronization

/// A file in the making: `.<name>.<16 hex digits>.part` in the folder where it will appear, moved into place when it is
/// whole and removed otherwise.
///
/// It is locked as long as we live, so what a killed process left behind is known by its lock being free.
final class PartFile: Sendable {
  let path: String
  /// Where it will appear unless `commit` says otherwise: what people know it by.
  let destination: String
  private let descriptor: Descriptor
  private let isCommitted = Atomic(false)

  init(for name: String, in folder: String) throws(BuildFailure) {
    destination = folder == "." ? name : "\(folder)/\(name)"
    while true {
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      let path = "\(folder)/.\(name).\(String(repeating: "0", count: 16 - digits.count))\(digits).part"
      let descriptor: Descriptor
      do {
        descriptor = try Descriptor(opening: path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o666)
      } catch  where error.number == EEXIST {
        continue
      } catch { throw .system(.writing, "cannot write in `\(folder)`", error.number) }
      // Between making and locking, somebody who tidies up may have taken it for a leftover.
      if csystem_try_lock(descriptor.number) != 0, descriptor.status.map({ $0.st_nlink > 0 }) == true {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
    }
  }

  deinit { discard() }

  /// Removes it unless it is in place.
  func discard() { if !isCommitted.load(ordering: .relaxed) { unlink(path) } }

  /// The same file opened once more, for a child to write: without the lock, which would last as long as the child.
  func reopened() throws(BuildFailure) -> Descriptor {
    do { return try Descriptor(opening: path, O_RDWR | O_NOFOLLOW) } catch {
      throw .system(.writing, "cannot write `\(path)`", error.number)
    }
  }

  /// Bytes written so far.
  var size: Int { descriptor.status.map { Int($0.st_size) } ?? 0 }

  /// Bytes that it takes where it lies.
  var occupied: Int { descriptor.status.map { Int($0.st_blocks) * 512 } ?? 0 }

  /// A number that changes whenever somebody writes to the file.
  var progress: Int {
    guard let status = descriptor.status else { return 0 }
    return Int(status.st_size) &* 31 &+ status.st_mtim.tv_sec &* 1_000_000_007 &+ status.st_mtim.tv_nsec
  }

  /// Has the system write to the disk what it holds back of the file, without waiting for it: less is left for `commit`.
  func beginSaving() { csystem_begin_saving(descriptor.number) }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(BuildFailure) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor.number, $0.baseAddress! + offset, $0.count - offset) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system(.writing, "cannot write `\(path)`", errno) }
      offset += count
    }
  }

  /// Makes the file appear as `destination`, in place of what stood there. `isDurable`: it survives a power cut.
  func commit(to destination: String, isDurable: Bool) throws(BuildFailure) {
    if isDurable, fsync(descriptor.number) != 0 { throw .system(.writing, "cannot write `\(destination)`", errno) }
    guard rename(path, destination) == 0 else { throw .system(.writing, "cannot write `\(destination)`", errno) }
    isCommitted.store(true, ordering: .relaxed)
  }

  /// Removes what killed builds left in `folder` of files called `name` (nil: of any name).
  static func removeLeftovers(of name: String?, in folder: String) {
    for entry in Folder.entries(folder) where isPart(entry, of: name) {
      let path = "\(folder)/\(entry)"
      guard let leftover = try? Descriptor(opening: path, O_RDWR | O_NOFOLLOW | O_NONBLOCK),
        let status = leftover.status, status.st_mode & S_IFMT == S_IFREG, csystem_try_lock(leftover.number) != 0
      else { continue }
      unlink(path)
    }
  }

  private static func isPart(_ entry: String, of name: String?) -> Bool {
    guard entry.hasPrefix("."), entry.hasSuffix(".part") else { return false }
    let middle = entry.dropFirst().dropLast(5)
    let digits = middle.suffix(16)
    guard digits.count == 16, digits.allSatisfy({ "0123456789abcdef".contains($0) }) else { return false }
    let rest = middle.dropLast(16)
    return name.map { rest == "\($0)." } ?? rest.hasSuffix(".")
  }
}
