/// The passes in order. Each takes a graph to a graph that renders the same pixels.
public struct Pipeline: Sendable {
  public struct Pass: Sendable {
    public var name: String
    public var summary: String
    public var run: @Sendable (RenderGraph) -> RenderGraph
  }

  public var passes: [Pass]

  public static func standard(_ catalog: Catalog) -> Pipeline {
    Pipeline(passes: [
      // First, so that constant loop bounds are numbers.
      Pass(name: "foldConstants", summary: "evaluate what is constant", run: foldConstants),
      Pass(name: "unrollLoops", summary: "write out short loops with constant bounds", run: unrollLoops),
      // Again: unrolled bodies hold constants.
      Pass(name: "foldUnrolled", summary: "evaluate what unrolling made constant", run: foldConstants),
      Pass(
        name: "shareSubexpressions", summary: "compute equal nodes once, across layers too", run: shareSubexpressions),
      Pass(name: "dropInvisible", summary: "remove layers and shaders that are never seen", run: dropInvisible),
      Pass(name: "dropUnreadKeys", summary: "forget randomness keys that nothing reads") {
        dropUnreadKeys($0, using: catalog)
      },
      // After everything that leaves nodes unread.
      Pass(name: "dropUnread", summary: "remove nodes that nothing reads", run: dropUnread),
      Pass(name: "hoistByRate", summary: "order nodes by how often they change", run: hoistByRate),
      Pass(name: "composeTables", summary: "join neighbouring channelwise shaders") {
        composeTables($0, using: catalog)
      },
    ])
  }

  public func run(_ graph: RenderGraph) -> RenderGraph { passes.reduce(graph) { $1.run($0) } }

  /// Runs the passes and measures each, in the order of `passes`.
  public func time(_ graph: RenderGraph) -> [(name: String, duration: Duration)] {
    var graph = graph
    return passes.map { pass in
      let start = ContinuousClock.now
      graph = pass.run(graph)
      return (pass.name, ContinuousClock.now - start)
    }
  }

  /// Runs the passes up to and including `name`; nil for an unknown name.
  public func run(_ graph: RenderGraph, upTo name: String) -> RenderGraph? {
    guard let last = passes.firstIndex(where: { $0.name == name }) else { return nil }
    return passes[...last].reduce(graph) { $1.run($0) }
  }
}

extension RenderGraph {
  /// The graph with every segment replaced.
  func mapSegments(_ transform: (SegmentGraph) -> SegmentGraph) -> RenderGraph {
    var result = self
    result.segments = segments.map(transform)
    return result
  }
}
