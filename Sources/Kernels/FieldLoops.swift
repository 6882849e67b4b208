import KernelTable

/// This build's field loops.
public let fieldKernels = FieldKernels()
