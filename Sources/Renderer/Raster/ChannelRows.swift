/// Three rows of the same length, one for each channel, owned by one worker: zeroed, on cache lines, with 64 spare bytes
/// before and after each.
final class ChannelRows<Element: BitwiseCopyable> {
  private let storage: AlignedBuffer<Element>
  private let stride: Int
  private let lead: Int

  init(count: Int) {
    lead = 64 / MemoryLayout<Element>.stride
    stride = ((count + lead - 1) / lead + 2) * lead
    storage = AlignedBuffer(count: 3 * stride)
  }

  /// The first element of a channel's row.
  subscript(channel: Int) -> UnsafeMutablePointer<Element> { storage.base + channel * stride + lead }

  func clear() { storage.clear() }
}
