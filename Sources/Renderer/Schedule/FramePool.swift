/// The bytes of one frame, in each of the files that its clip becomes.
///
/// SAFETY: used by one thread at a time, the one that took it or was handed it.
struct FrameMemory: @unchecked Sendable {
  let files: [UnsafeMutableRawBufferPointer]
}

/// The memory of frames on their way from the renderers of a run to its encoders.
final class FramePool: Sendable {
  private struct State {
    /// Taken from the end: what was used last is in cache.
    var free: [FrameMemory] = []
    var all: [FrameMemory] = []
    var limit: Int
  }

  /// Pipes take whole pages without copying them.
  private static let page = 4096
  /// A frame that is rendered, one that is handed on, and the one before, which is still read.
  private static let fewest = 3

  private let sizes: [Int]
  private let state = Monitor(State(limit: fewest))

  /// `sizes`: bytes of a frame in each of its files.
  init(sizes: [Int]) { self.sizes = sizes }

  deinit { for buffer in state.change({ $0.all }).flatMap(\.files) { buffer.deallocate() } }

  /// Lets it grow to three frames and so many more.
  func allow(_ more: Int) { state.change { $0.limit = max($0.limit, Self.fewest + more) } }

  /// Waits until there is memory for a frame.
  func take() -> FrameMemory { state.wait(takeFrom) }

  /// The same without waiting; nil where there is none.
  func takeIfFree() -> FrameMemory? { state.change(takeFrom) }

  func giveBack(_ memory: FrameMemory) { state.change { $0.free.append(memory) } }

  private func takeFrom(_ state: inout State) -> FrameMemory? {
    if let memory = state.free.popLast() { return memory }
    guard state.all.count < state.limit else { return nil }
    let memory = FrameMemory(files: sizes.map { .allocate(byteCount: $0, alignment: Self.page) })
    state.all.append(memory)
    return memory
  }
}
