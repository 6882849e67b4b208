import CKissFFT
import Glibc

/// The discrete Fourier transform of `size` real numbers, with its tables; one per thread.
final class FourierTransform {
  let size: Int
  private let state: kiss_fftr_cfg
  private let spectrum: UnsafeMutablePointer<kiss_fft_cpx>

  /// Precondition: `size` is even and more than 0.
  init(size: Int) {
    precondition(size > 0 && size.isMultiple(of: 2), "a real transform has an even size")
    guard let state = kiss_fftr_alloc(Int32(size), 0, nil, nil) else {
      preconditionFailure("no memory for a transform")
    }
    self.size = size
    self.state = state
    spectrum = .allocate(capacity: size / 2 + 1)
  }

  deinit {
    free(UnsafeMutableRawPointer(state))
    spectrum.deallocate()
  }

  /// Writes the magnitudes of the frequencies 0…size / 2, `size / 2 + 1` numbers; a sine of amplitude 1 gives size / 2.
  func magnitudes(of samples: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>) {
    kiss_fftr(state, samples, spectrum)
    for bin in 0...size / 2 {
      let (re, im) = (spectrum[bin].r, spectrum[bin].i)
      out[bin] = (re * re + im * im).squareRoot()
    }
  }
}
