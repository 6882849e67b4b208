import CSystem
import Glibc

/// What this process may use of its machine: cores and memory as the host, the scheduler's mask, the control groups and
/// the process's own limits allow.
public struct Machine: Sendable, Hashable {
  /// At least 1.
  public var cores: Int
  /// Bytes.
  public var memory: Int

  public init(cores: Int, memory: Int) {
    self.cores = cores
    self.memory = memory
  }

  /// Reads the limits below `proc` and `sys` (other roots in tests); `affinity` is the number of processors this process
  /// may run on, `addressSpace` the bytes it may map (`ulimit -v`).
  public static func current(
    proc: String = "/proc", sys: String = "/sys", affinity: Int = Int(csystem_affinity_count()),
    addressSpace: UInt64 = csystem_address_space()
  ) -> Machine {
    let groups = ControlGroups(proc: proc, sys: sys)
    var cores = max(1, affinity)
    // A quota of 1.5 processors keeps two workers busy for most of the time.
    if let quota = groups.processorQuota { cores = min(cores, max(1, Int(quota.rounded(.up)))) }
    // S-02: 8 GiB where nobody says.
    var memory = totalMemory(proc: proc) ?? 8 << 30
    if let limit = groups.memoryLimit { memory = min(memory, limit) }
    if addressSpace < UInt64(memory) { memory = Int(addressSpace) }
    return Machine(cores: cores, memory: memory)
  }

  /// The workers for rendering pictures of 1080p: as asked for, else as cores and memory allow.
  public func workers(requested: Int?) -> Int { Workers(on: self, requested: requested).count }

  private static func totalMemory(proc: String) -> Int? {
    guard let text = TextFile.read("\(proc)/meminfo") else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix("MemTotal:") {
      let words = line.split(separator: " ")
      return words.count >= 2 ? Int(words[1]).map { $0 << 10 } : nil
    }
    return nil
  }
}

/// Small files of the kernel.
enum TextFile {
  /// The text without white space at its end; nil where there is none to read.
  static func read(_ path: String) -> String? {
    guard let file = try? Descriptor(reading: path), let bytes = try? file.read(1 << 20, at: 0) else {
      return nil
    }
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
