import CXXHash

/// Stable 64-bit digests of names: the same on every machine and in every run (unlike `Hasher`).
public enum ContentDigest {
  /// XXH3-64 of the parts, each ended by a zero byte so that their borders count.
  public static func of(_ parts: [String]) -> UInt64 {
    var bytes: [UInt8] = []
    for part in parts {
      bytes.append(contentsOf: part.utf8)
      bytes.append(0)
    }
    return bytes.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
  }
}
