/// Float32 buffers of one evaluator, aligned for vectors and freed together with it.
final class FieldArena {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// `count` zeros, rounded up to whole vectors of 16.
  func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let padded = Self.padded(count)
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(padded, 16) * 4, alignment: 64)
    blocks.append(block)
    let floats = block.bindMemory(to: Float.self, capacity: max(padded, 16))
    floats.update(repeating: 0, count: max(padded, 16))
    return floats
  }

  static func padded(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  deinit { for block in blocks { block.deallocate() } }
}
