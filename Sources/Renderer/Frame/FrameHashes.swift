import SceneLang
import Synchronization

/// Hashes of many frames, on several threads. The hashes do not depend on their number.
public struct FrameHashes: Sendable {
  public var graph: RenderGraph
  public var kernels: KernelLevel
  public var stage: HashStage

  /// Frames taken by a worker at once.
  private static let taken = 4

  public init(graph: RenderGraph, kernels: KernelLevel, stage: HashStage = .picture) {
    self.graph = graph
    self.kernels = kernels
    self.stage = stage
  }

  /// One hash per frame, in order: XXH3-128 of the 8-bit picture or an earlier stage, 32 hexadecimal digits.
  ///
  /// Throws when the system gives no more threads, or a picture that the scene shows cannot be decoded.
  public func of(_ frames: Range<Int>, workers: Int) throws(BuildFailure) -> [String] {
    precondition(workers > 0, "nobody to hash frames")
    let exposures = SharedExposures()
    let snapshots = SharedSnapshots()
    let hashes = Mutex<[Int: String]>([:])
    let failure = Mutex<BuildFailure?>(nil)
    // Whoever is ready takes the next frames, so that all end together, even if some are slower or a core is busy.
    let next = Mutex(frames.lowerBound)
    @Sendable func take() -> Range<Int>? {
      next.withLock { next in
        let start = next
        next = min(start + Self.taken, frames.upperBound)
        return start < next ? start..<next : nil
      }
    }
    var threads: [WorkerThread] = []
    for _ in 0..<min(workers, (frames.count + Self.taken - 1) / Self.taken) {
      let thread = try WorkerThread { [graph, kernels, stage] in
        let renderer = SceneRenderer(
          graph: graph, kernels: kernels, exposures: exposures, snapshots: snapshots)
        let picture = Picture(width: graph.format.width, height: graph.format.height)
        while let frames = take() {
          for frame in frames {
            do throws(BuildFailure) {
              let hash = try renderer.hash(of: frame, at: stage, with: picture)
              hashes.withLock { $0[frame] = hash }
            } catch {
              failure.withLock { [error] in $0 = $0 ?? error }
              return
            }
          }
        }
      }
      threads.append(thread)
    }
    for thread in threads { thread.join() }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return hashes.withLock { hashes in frames.map { hashes[$0]! } }
  }
}
