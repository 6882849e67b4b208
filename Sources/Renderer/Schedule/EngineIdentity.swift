/// Which program renders: its bytes, so that no change of it can show a picture that an older one cached.
public enum EngineIdentity {
  /// The hash of the running program's file, found once. Hashing 30 MB takes 3 ms; a build id would not be there in
  /// every build.
  public static func current() throws(BuildFailure) -> ContentHash {
    try hash.get()
  }

  private static let hash = Result { () throws(BuildFailure) in
    do throws(SystemCallError) {
      return try ContentHash(of: try Descriptor(reading: "/proc/self/exe"))
    } catch { throw .system(.rendering, "cannot read the program's own file", error.number) }
  }
}
