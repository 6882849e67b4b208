import Glibc

/// Zeroed memory on a cache line, owned by one worker, with 64 spare bytes before and after: the kernels read and write a
/// little past a row's ends.
final class AlignedBuffer<Element: BitwiseCopyable> {
  let count: Int
  let base: UnsafeMutablePointer<Element>
  private let memory: UnsafeMutableRawPointer

  /// Precondition: zero bytes are a value of `Element`.
  init(count: Int) {
    let bytes = count * MemoryLayout<Element>.stride + 128
    memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    memset(memory, 0, bytes)
    self.count = count
    base = (memory + 64).bindMemory(to: Element.self, capacity: count)
  }

  deinit { memory.deallocate() }

  func clear() { memset(memory, 0, count * MemoryLayout<Element>.stride + 128) }
}
