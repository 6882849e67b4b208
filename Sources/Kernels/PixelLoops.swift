import KernelTable

/// This build's pixel loops.
public let pixelKernels = PixelKernels()
