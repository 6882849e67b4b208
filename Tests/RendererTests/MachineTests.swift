import SceneLang
import Testing

@testable import Renderer

@Suite struct MachineTests {
  private let folder = TemporaryFolder()
  private var proc: String { "\(folder.path)/proc" }
  private var sys: String { "\(folder.path)/sys" }

  private func machine(affinity: Int) -> Machine {
    .current(proc: proc, sys: sys, affinity: affinity, addressSpace: .max)
  }

  private func meminfo(gibibytes: Int) {
    folder.write("proc/meminfo", "MemTotal:       \(gibibytes << 20) kB\nMemFree: 1 kB\n")
  }

  @Test func withoutControlGroupsTheHostAndTheMaskDecide() {
    meminfo(gibibytes: 16)
    #expect(machine(affinity: 6) == Machine(cores: 6, memory: 16 << 30))
  }

  @Test func theProcessesOwnLimitCountsAsMemory() {
    meminfo(gibibytes: 16)
    let bound = Machine.current(proc: proc, sys: sys, affinity: 2, addressSpace: 1 << 30)
    #expect(bound == Machine(cores: 2, memory: 1 << 30))
    #expect(Machine.current(proc: proc, sys: sys, affinity: 2, addressSpace: 1 << 40).memory == 16 << 30)
  }

  @Test func withoutAnyInformationThereAreOneCoreAndEightGibibytes() {
    #expect(machine(affinity: -1) == Machine(cores: 1, memory: 8 << 30))
  }

  @Test func version2TakesTheTightestOfTheGroupAndThoseAbove() {
    meminfo(gibibytes: 16)
    folder.write("proc/self/cgroup", "0::/jobs/build\n")
    folder.write("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n")
    folder.write("sys/fs/cgroup/jobs/cpu.max", "150000 100000\n")
    folder.write("sys/fs/cgroup/jobs/memory.max", "max\n")
    folder.write("sys/fs/cgroup/jobs/build/cpu.max", "max 100000\n")
    folder.write("sys/fs/cgroup/jobs/build/memory.max", "1073741824\n")
    #expect(machine(affinity: 8) == Machine(cores: 2, memory: 1 << 30))
  }

  @Test func version2InAContainerReadsTheMountsTop() {
    meminfo(gibibytes: 16)
    folder.write("proc/self/cgroup", "0::/docker/abc\n")
    folder.write("proc/self/mountinfo", "30 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n")
    folder.write("sys/fs/cgroup/cpu.max", "300000 100000\n")
    #expect(machine(affinity: 8).cores == 3)
  }

  @Test func version1ReadsEachHierarchyByItself() {
    meminfo(gibibytes: 16)
    folder.write("proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/b/c\n0::/\n")
    folder.write(
      "proc/self/mountinfo",
      """
      31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
      32 30 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory

      """)
    folder.write("sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us", "200000\n")
    folder.write("sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n")
    folder.write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n")
    folder.write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n")
    folder.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
    folder.write("sys/fs/cgroup/memory/b/memory.limit_in_bytes", "2147483648\n")
    folder.write("sys/fs/cgroup/memory/b/c/memory.limit_in_bytes", "4294967296\n")
    #expect(machine(affinity: 8) == Machine(cores: 2, memory: 2 << 30))
  }

  @Test(arguments: [(1, 1), (3, 3), (4, 3), (15, 14), (16, 14), (64, 62)])
  func workersFollowTheCores(cores: Int, workers: Int) {
    #expect(Machine(cores: cores, memory: 64 << 30).workers(requested: nil) == workers)
  }

  @Test func workersFitTheMemoryUnlessAskedFor() {
    let machine = Machine(cores: 8, memory: 1 << 30)
    #expect(machine.workers(requested: nil) == 4)
    #expect(machine.workers(requested: 6) == 6)
    #expect(Machine(cores: 8, memory: 64 << 20).workers(requested: nil) == 1)
  }

  @Test func aGivenMemoryBindsEvenWhatWasAskedFor() {
    let machine = Machine(cores: 8, memory: 64 << 30)
    let each = Workers.memoryEach()
    #expect(Workers(on: machine, requested: nil, memory: 3 * each + 1).count == 3)
    #expect(Workers(on: machine, requested: 6, memory: 3 * each).count == 3)
    #expect(Workers(on: machine, requested: 2, memory: 3 * each).count == 2)
    #expect(Workers(on: machine, requested: 2, memory: 1).count == 1)
  }

  @Test func whatKeepsWorkersFromBeingMoreIsKnown() {
    #expect(Workers(on: Machine(cores: 8, memory: 64 << 30), requested: nil).limit == .cores)
    #expect(Workers(on: Machine(cores: 8, memory: 1 << 30), requested: nil).limit == .memory)
    #expect(Workers(on: Machine(cores: 8, memory: 1 << 30), requested: 8).limit == .request)
  }

  @Test func aWorkerTakesMoreForLargePicturesAndForEncodersThatLookAhead() {
    #expect((145_000_000...155_000_000).contains(Workers.memoryEach()))
    #expect(Workers.memoryEach(pixels: 3840 * 2160, preset: .fast) > 1_100_000_000)
    #expect(Workers.memoryEach(pixels: 960 * 540, preset: .ultrafast) < 80_000_000)
  }

  @Test(arguments: [(1, 1), (2, 1), (4, 2), (16, 13)]) func politenessLeavesACoreFree(cores: Int, workers: Int) {
    #expect(Workers(on: Machine(cores: cores, memory: 64 << 30), requested: nil, isPolite: true).count == workers)
  }

  @Test func automaticQualityIsLowerOnSmallMachinesOnly() {
    let large = Machine(cores: 4, memory: 4 << 30)
    #expect(Quality.auto.settings(on: large) == Quality.production.settings(on: large))
    for small in [Machine(cores: 2, memory: 64 << 30), Machine(cores: 8, memory: 3 << 30)] {
      let settings = Quality.auto.settings(on: small)
      #expect(settings.shorterSide == 720 && settings.fps == FrameRate(15) && settings.encoder.crf == 23)
      #expect(Quality.production.settings(on: small).shorterSide == 1080)
    }
  }

  @Test func thisMachineHasCoresAndMemory() {
    let machine = Machine.current()
    #expect(machine.cores >= 1)
    #expect(machine.memory > 64 << 20)
  }
}
