/// The limits of the control groups that this process is in, in version 1 and 2 alike: the tightest of the group and of
/// all those above it.
struct ControlGroups {
  /// Processors' worth of time; nil without a limit.
  let processorQuota: Double?
  /// Bytes; nil without a limit.
  let memoryLimit: Int?

  /// Version 1 says "no limit" with a number near 2⁶³.
  private static let unlimited = 1 << 60

  init(proc: String, sys: String) {
    let memberships = Self.memberships(proc)
    var quotas: [Double] = []
    var limits: [Int] = []
    for mount in Self.mounts(proc, sys) {
      guard let group = memberships.first(where: { $0.controllers == mount.controllers })?.path else { continue }
      for folder in Self.chain(mount, group) {
        if mount.controllers.isEmpty {
          if let quota = TextFile.read("\(folder)/cpu.max").flatMap(Self.quota) { quotas.append(quota) }
          if let limit = TextFile.read("\(folder)/memory.max").flatMap({ Int($0) }) { limits.append(limit) }
        } else {
          if let time = Self.number("\(folder)/cpu.cfs_quota_us"), time > 0,
            let period = Self.number("\(folder)/cpu.cfs_period_us"), period > 0
          {
            quotas.append(Double(time) / Double(period))
          }
          if let limit = Self.number("\(folder)/memory.limit_in_bytes"), limit < Self.unlimited { limits.append(limit) }
        }
      }
    }
    processorQuota = quotas.min()
    memoryLimit = limits.min()
  }

  /// A hierarchy that this process is in. Version 2 names no controllers.
  private struct Membership {
    var controllers: Set<Substring>
    var path: String
  }

  /// Where a hierarchy can be read. `root` is the group that the mount shows as its top.
  private struct Mount {
    var controllers: Set<Substring>
    var root: String
    var point: String
  }

  /// Lines `4:memory:/group` and `0::/group`.
  private static func memberships(_ proc: String) -> [Membership] {
    (TextFile.read("\(proc)/self/cgroup") ?? "").split(separator: "\n").compactMap { line in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      return Membership(controllers: Set(fields[1].split(separator: ",")), path: String(fields[2]))
    }
  }

  /// Lines `31 23 0:28 /root /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory`. The controllers of version 1 stand
  /// among the mount's options; only those that matter are kept apart.
  private static func mounts(_ proc: String, _ sys: String) -> [Mount] {
    let memberships = memberships(proc)
    return (TextFile.read("\(proc)/self/mountinfo") ?? "").split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 3 else { return nil }
      let (root, point, type) = (String(words[3]), String(words[4]), words[dash + 1])
      let place = point.hasPrefix("/sys/") ? sys + point.dropFirst(4) : point
      if type == "cgroup2" { return Mount(controllers: [], root: root, point: place) }
      guard type == "cgroup" else { return nil }
      let options = Set(words[dash + 3].split(separator: ","))
      guard let group = memberships.first(where: { !$0.controllers.isEmpty && $0.controllers.isSubset(of: options) })
      else {
        return nil
      }
      return Mount(controllers: group.controllers, root: root, point: place)
    }
  }

  /// The group's folder and all above it up to the mount's.
  private static func chain(_ mount: Mount, _ group: String) -> [String] {
    var names = group.split(separator: "/")
    let root = mount.root.split(separator: "/")
    // In a container the mount's top is the container's group; a path outside it means the same.
    if names.starts(with: root) { names.removeFirst(root.count) }
    if names.contains("..") { names = [] }
    return (0...names.count).map { depth in
      ([mount.point] + names.prefix(depth).map(String.init)).joined(separator: "/")
    }
  }

  /// `max 100000` or `150000 100000`.
  private static func quota(_ text: String) -> Double? {
    let words = text.split(separator: " ")
    guard words.count == 2, let time = Double(words[0]), let period = Double(words[1]), period > 0 else { return nil }
    return time / period
  }

  private static func number(_ path: String) -> Int? { TextFile.read(path).flatMap { Int($0) } }
}
