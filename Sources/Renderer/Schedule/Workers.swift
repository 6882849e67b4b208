/// How many clips are rendered at once, and what keeps it from being more.
public struct Workers: Sendable, Hashable {
  public enum Limit: Sendable, Hashable { case request, cores, memory }

  /// At least 1.
  public let count: Int
  public let limit: Limit
  /// Bytes that one worker with its encoder takes.
  public let memoryEach: Int

  /// S-03: the share of the memory that all workers together may take.
  public static let memoryShare = 0.6

  /// As asked for, else by the cores (S-01: all below 4, all but one below 16, all but two from there); in either case no
  /// more than `memory` bytes hold, and without a request no more than the machine's share.
  ///
  /// `isPolite` leaves one more core free.
  public init(
    on machine: Machine, requested: Int?, memory: Int? = nil, memoryEach: Int = Self.memoryEach(),
    isPolite: Bool = false
  ) {
    let cores = machine.cores
    let byRule = cores >= 16 ? cores - 2 : cores >= 4 ? cores - 1 : cores
    let wanted = requested.map { max(1, $0) } ?? max(1, byRule - (isPolite ? 1 : 0))
    let share = Int(Double(machine.memory) * Self.memoryShare)
    let room = memory ?? (requested == nil ? share : nil)
    let fitting = room.map { max(1, $0 / memoryEach) } ?? wanted
    self.memoryEach = memoryEach
    count = min(wanted, fitting)
    limit = fitting < wanted ? .memory : requested != nil ? .request : .cores
  }

  /// Bytes that a worker takes together with its encoder: 150 MB at 1080p in production quality, which is also S-03's
  /// figure. Measured as proportional set size with ffmpeg 5.1, for a scene with feedback and shaders: 152 MB; 355 MB with
  /// the preset `fast`, which looks ahead, and 1120 MB with it at 2160p. `picturesPerPixel`: what the scene's pictures take
  /// (see `RenderGraph.pictureBytesPerPixel`); those of that scene are counted already.
  public static func memoryEach(
    pixels: Int = 1920 * 1080, preset: EncoderSettings.Preset = .superfast, picturesPerPixel: Int = 0
  ) -> Int {
    50_000_000 + pixels * ((preset.looksAhead ? 140 : 48) + max(0, picturesPerPixel - 20))
  }
}

extension EncoderSettings.Preset {
  /// Whether x264 keeps frames back to decide on the ones before.
  fileprivate var looksAhead: Bool { self != .ultrafast && self != .superfast }
}
