import Glibc
import Renderer
import Synchronization

/// The files and folders that a scene names, as each was before it was read.
final class WatchedFiles: Sendable {
  private let stamps = Mutex<[String: Stamp]>([:])

  /// Takes up a path that need not lead anywhere yet.
  func add(_ path: String) {
    stamps.withLock { stamps in
      if stamps[path] == nil { stamps[path] = Stamp(path) }
    }
  }

  var count: Int { stamps.withLock { $0.count } }

  /// What the paths lead to now.
  func now() -> [String: Stamp] { stamps.withLock { $0.mapValues { Stamp($0.path) } } }

  func haveChanged(to now: [String: Stamp]) -> Bool { stamps.withLock { $0 != now } }

  /// What differs after a file was written or replaced, or a folder got other entries.
  struct Stamp: Hashable {
    fileprivate let path: String
    /// Device, inode, size, seconds and nanoseconds of the last change; none where nothing is.
    private let status: [Int]
    private let entries: [String]

    fileprivate init(_ path: String) {
      self.path = path
      var status = stat()
      guard stat(path, &status) == 0 else {
        (self.status, entries) = ([], [])
        return
      }
      guard status.st_mode & S_IFMT != S_IFDIR else {
        // Not its date: a picture that is written beside the scene changes that each time.
        (self.status, entries) = ([Int(bitPattern: UInt(status.st_ino))], Folder.entries(path).sorted())
        return
      }
      self.status = [
        Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)), Int(status.st_size),
        status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
      ]
      entries = []
    }
  }
}
