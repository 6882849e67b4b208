import KernelTable

/// A copy of a picture in interleaved pixels, for kernels that read two neighbours with one load.
final class InterleavedPicture: ScratchMemory {
  static var bytesPerPixel: Int { 4 }

  private let width: Int
  private let kernels: any PixelKernels.Type
  /// Within a black frame: one before, two after, since a sample reads its right and lower neighbours.
  private let pixels: AlignedBuffer<UInt32>
  private let stride: Int
  private let sampled: AlignedBuffer<UInt32>

  init(_ setting: ShaderSetting) {
    width = setting.width
    kernels = setting.kernels
    stride = setting.width + 3
    pixels = AlignedBuffer(count: stride * (setting.height + 3))
    sampled = AlignedBuffer(count: setting.paddedWidth)
  }

  private func pixel(row: Int) -> UnsafeMutablePointer<UInt32> { pixels.base + (row + 1) * stride + 1 }

  func take(row: Int, _ source: PixelRow) {
    kernels.interleave(pixel(row: row), source.bytes, count: width)
  }

  func sample(to out: PixelRow, x: UnsafePointer<Int32>, y: UnsafePointer<Int32>) {
    kernels.sample(sampled.base, pixel(row: 0), stride: stride, x: x, y: y, count: sampled.count)
    kernels.deinterleave(out.mutableBytes, sampled.base, count: sampled.count)
  }
}
