/// Keys of keyframes that lie outside of every segment that reads them.
struct KeyReach {
  /// The keys of keyframes with the seconds from each to the start and from the end of the segment in which they are read.
  typealias Times = (node: Span, keys: [(before: Double, after: Double, span: Span)])

  /// By keyframes, the keys that no segment so far reaches.
  private var unreached: [Span: [Span]] = [:]

  /// Adds what a segment reads. `runsOn`: the seconds that it lasts past its end, under the transition into the next.
  mutating func add(_ times: [Times], runsOn: Double) {
    for (node, keys) in times {
      let outside = keys.filter { $0.before > 1e-6 || $0.after > runsOn + 1e-6 }.map(\.span)
      unreached[node] = unreached[node]?.filter(outside.contains) ?? outside
    }
  }

  /// One warning for each keyframes, at its first such key.
  var diagnostics: [Diagnostic] { unreached.values.compactMap { $0.first.map { .unreachedKey($0) } } }
}

extension Diagnostic {
  fileprivate static func unreachedKey(_ span: Span) -> Diagnostic {
    Diagnostic(
      "unreached_key", .warning, "this key is never reached: it lies outside of the segment", at: span,
      help: "keys count from the start of the segment, negative ones from its end; `100%` is its end")
  }
}
