import SceneLang

/// What decides the pictures of a segment.
struct SegmentRecipe: Sendable, Hashable {
  private let name: String
  private let range: Range<Int>
  /// Where it stands and what sounds, if it reads that.
  private let surroundings: [ClipRecipe.Part]
  private let tone: ClipRecipe.Part
  private let layers: [ClipRecipe.Part]
  /// Feedback if there is one, and the shaders.
  private let look: [ClipRecipe.Part]
  private let overlay: [ClipRecipe.Part]
  /// Of the frames at its start in which the segment before is seen as well.
  private let transition: [ClipRecipe.Part]
  private let transitionFrames: Int

  /// The recipes of all segments; `features` names the values of the sound's features.
  static func all(_ graph: RenderGraph, features: ContentHash) -> [SegmentRecipe] {
    var recipes: [SegmentRecipe] = []
    for segment in graph.segments { recipes.append(SegmentRecipe(segment, after: recipes.last, features)) }
    return recipes
  }

  private init(_ segment: SegmentGraph, after previous: SegmentRecipe?, _ features: ContentHash) {
    name = segment.name
    range = segment.frames
    let hashes = SegmentHashes(segment)
    var surroundings: [ClipRecipe.Part] = []
    if segment.readsTimeline {
      surroundings.append(.init(.place, of: name, .text("frame \(segment.frames.lowerBound)")))
    }
    if segment.readsFeatures { surroundings.append(.init(.sound, of: name, .hash(features))) }
    self.surroundings = surroundings
    tone = .init(.tone, of: name, .text(segment.tone.text))
    layers = zip(segment.layers, hashes.layers).map { layer, hash in
      .init(.layer, of: "\(segment.name)/\(layer.name)", .hash(hash))
    }
    look =
      (hashes.feedback.map { [.init(.feedback, of: segment.name, .hash($0))] } ?? [])
      + [.init(.look, of: name, .hash(hashes.look))]
    overlay = zip(segment.overlay, hashes.overlay).map { layer, hash in
      .init(.overlay, of: "\(segment.name)/\(layer.name)", .hash(hash))
    }
    if let previous, let own = segment.transition, let hash = hashes.transition {
      // The segment before runs on past its end: all of it counts, as for an own clip.
      let outgoing = ClipRecipe(parts: previous.ownParts(for: previous.range)).key
      transition = [.init(.transition, of: name, .hash(hash)), .init(.outgoing, of: name, .hash(outgoing))]
      transitionFrames = own.frameCount
    } else {
      (transition, transitionFrames) = ([], 0)
    }
  }

  /// What decides some of its frames. How long the whole segment is counts too: shares of it are read.
  func parts(for frames: Range<Int>) -> [ClipRecipe.Part] {
    let showsTransition = frames.lowerBound - range.lowerBound < transitionFrames
    return ownParts(for: frames) + (showsTransition ? transition : [])
  }

  private func ownParts(for frames: Range<Int>) -> [ClipRecipe.Part] {
    let start = range.lowerBound
    let span = "\(frames.lowerBound - start)..\(frames.upperBound - start) of \(range.count)"
    return [.init(.frames, of: name, .text(span))] + surroundings + [tone] + layers + look + overlay
  }

  /// The name of what its exposure is measured from: all of the segment before the shaders, without the tone's gamma.
  func exposureKey(_ engine: ContentHash, _ format: PictureFormat) -> ContentHash {
    let parts: [ClipRecipe.Part] =
      [
        .init(.engine, .hash(engine)), .init(.size, .text("\(format.width)x\(format.height)")),
        .init(.fps, .text("\(format.fps)")), .init(.frames, .text("\(range.count)")),
      ] + surroundings + layers
    return ClipRecipe(parts: parts).key
  }
}
