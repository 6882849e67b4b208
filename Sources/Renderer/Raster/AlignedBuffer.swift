import Glibc

/// Zeroed memory on a cache line, owned by one worker, with 64 spare bytes before and after: the kernels read and write a
/// little past a row's ends.
final class AlignedBuffer<Element: BitwiseCopyable> {
  let count: Int
  let base: UnsafeMutablePointer<Element>
  private let memory: UnsafeMutableRawPointer
  private static var hugePage: Int { 2 << 20 }

  /// Precondition: zero bytes are a value of `Element`.
  init(count: Int) {
    let bytes = count * MemoryLayout<Element>.stride + 128
    memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: bytes < Self.hugePage ? 64 : Self.hugePage)
    // A picture's row is about as long as a page of 4 KiB, at whose end the processor stops to fetch ahead. Where the system
    // has no larger pages, nothing is lost.
    if bytes >= Self.hugePage { madvise(memory, bytes, MADV_HUGEPAGE) }
    memset(memory, 0, bytes)
    self.count = count
    base = (memory + 64).bindMemory(to: Element.self, capacity: count)
  }

  deinit { memory.deallocate() }

  func clear() { memset(memory, 0, count * MemoryLayout<Element>.stride + 128) }
}
