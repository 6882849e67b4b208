import SceneLang

/// What a segment is made of, piece by piece, so that two versions can be told apart in words.
struct SegmentTraits {
  /// One property of one piece.
  struct Trait {
    /// `layer \`dots\``, `look`; with `name` it is found in the other version.
    var subject: String
    var name: String
    /// Equal for equal content.
    var content: String
    /// Short enough to be shown; nil where it is not.
    var text: String?
  }

  /// What is there, such as the layers, in order.
  private var subjects: [String] = []
  private var traits: [Trait] = []
  private let segment: SegmentGraph
  private let hashes: SegmentHashes

  init(_ segment: SegmentGraph) {
    self.segment = segment
    hashes = SegmentHashes(segment)
    add("tone", "exposure", "\(segment.tone.exposure.rawValue)")
    add("tone", "gamma", "\(segment.tone.gamma)")
    add("tone", "curve", segment.tone.curve.rawValue)
    add("tone", "window", "\(segment.tone.window)")
    add("tone", "black", "\(segment.tone.black)")
    add("tone", "white", "\(segment.tone.white)")
    subjects.append("tone")
    for (layer, hash) in zip(segment.layers, hashes.layers) { add(layer, "layer `\(layer.name)`", hash) }
    for (layer, hash) in zip(segment.overlay, hashes.overlay) { add(layer, "overlay `\(layer.name)`", hash) }
    let calls = segment.shaders.flatMap(\.calls)
    subjects.append("look")
    let names = segment.shaders.flatMap(\.names).joined(separator: ", ")
    add("look", "chain", content: "\(hashes.look)", text: "[\(names)]")
    for (place, call) in calls.enumerated() {
      let ordinal = calls[..<place].count { $0.op == call.op }
      add(call, "look", ordinal == 0 ? call.op : "\(call.op) \(ordinal + 1)")
    }
    if let transition = segment.transition {
      subjects.append("transition")
      add("transition", "frames", "\(transition.frameCount)")
      add("transition", "kind", transition.call.op)
      add(transition.call, "transition", transition.call.op)
      add("transition", "course", node: transition.progress)
    }
  }

  private mutating func add(_ layer: Layer, _ subject: String, _ hash: ContentHash?) {
    subjects.append(subject)
    switch layer.source {
    case .field(let node): add(subject, "field", node: node)
    case .effect(let call): add(subject, "effect", content: describe(call), text: call.op)
    case .group(let group):
      for part in group.layers { add(part, "\(subject) `\(part.name)`", nil) }
      let names = group.shaders.flatMap(\.names).joined(separator: ", ")
      add(subject, "look", "[\(names)]")
      add(subject, "cells", group.sharesCells ? "true" : "false")
    case .text(let block):
      add(subject, "text", block.lyrics.map { $0.cues.map(\.text).joined(separator: " / ") } ?? block.text)
      if let lyrics = block.lyrics { add(subject, "cues", content: "\(lyrics.cues)", text: nil) }
      add(subject, "position", content: "\(describe(block.u)) \(describe(block.v))", text: nil)
      if let motion = block.motion {
        let times = [motion.elapsed, motion.remaining].map(describe)
        add(
          subject, "style", content: (motion.styles.map(describe) + times).joined(separator: " "),
          text: motion.styles.map(\.op).joined(separator: ", "))
      }
    }
    add(subject, "grid", "\(Int(layer.grid.fontSize.rounded()))px \(layer.grid.face.rawValue)")
    add(subject, "palette", content: "\(layer.palette)", text: nil)
    add(subject, "direction", node: layer.direction)
    add(subject, "color", content: describe(layer.paint.base), text: nil)
    add(subject, "brightness", node: layer.paint.brightness)
    add(subject, "wash", node: layer.wash)
    add(subject, "blend", layer.blend)
    add(subject, "light", layer.blendLight.rawValue)
    add(subject, "opacity", node: layer.opacity)
    add(subject, "opaque", "\(layer.isOpaque)")
    add(subject, "mask", node: layer.mask)
    add(subject, "mask_at", layer.maskPlace.rawValue)
    if !layer.effects.isEmpty {
      add(
        subject, "effects", content: layer.effects.map(describe).joined(separator: " "),
        text: layer.effects.map(\.op).joined(separator: ", "))
    }
    add(subject, "when", node: layer.when)
    // All of it: what has no trait of its own shows as this one alone.
    if let hash { add(subject, "content", content: "\(hash)", text: nil) }
  }

  private mutating func add(_ call: ShaderCall, _ subject: String, _ name: String) {
    let kind: OpKind = subject == "look" ? .shader : .transition
    let parameters = Catalog.builtin.entry(kind, Name.folded(call.op))?.parameters ?? []
    for (place, argument) in call.arguments.enumerated() {
      let parameter = parameters.indices.contains(place) ? parameters[place].name : "argument \(place + 1)"
      switch argument {
      case .number(let node), .field(let node): add(subject, "\(name) \(parameter)", node: node)
      case .choice(let word): add(subject, "\(name) \(parameter)", word)
      case .color(let red, let green, let blue):
        add(
          subject, "\(name) \(parameter)", content: [red, green, blue].map(describe).joined(separator: " "), text: nil)
      case .gradient(let gradient): add(subject, "\(name) \(parameter)", content: "\(gradient)", text: nil)
      case .lookup(let table): add(subject, "\(name) \(parameter)", content: "\(table.digest)", text: nil)
      }
    }
    add(subject, "\(name) when", node: call.when)
    add(subject, "\(name) mix", node: call.mix)
  }

  private mutating func add(_ subject: String, _ name: String, _ text: String) {
    add(subject, name, content: text, text: text)
  }

  private mutating func add(_ subject: String, _ name: String, node: NodeID?) {
    add(subject, name, content: node.map(describe) ?? "none", text: node.map { segment.notation(of: $0) } ?? "none")
  }

  private mutating func add(_ subject: String, _ name: String, content: String, text: String?) {
    traits.append(Trait(subject: subject, name: name, content: content, text: text))
  }

  private func describe(_ node: NodeID) -> String { "\(hashes.nodes[node.index])" }

  private func describe(_ call: NativeCall) -> String {
    let arguments = call.arguments.map { argument in
      switch argument {
      case .number(let node), .field(let node): describe(node)
      case .word(let word): word
      }
    }
    return ([call.op] + arguments).joined(separator: " ")
  }

  private func describe(_ base: Paint.Base) -> String {
    switch base {
    case .gradients(let gradients, let place): "\(gradients) \(describe(place))"
    case .hue(let hue, let saturation): "hue \(describe(hue)) \(describe(saturation))"
    case .rgb(let red, let green, let blue): [red, green, blue].map(describe).joined(separator: " ")
    }
  }
}

extension SegmentTraits {
  private struct Key: Hashable {
    var subject: String
    var name: String
  }

  /// What differs from an earlier version, in words, in the order of this one.
  func changes(since earlier: SegmentTraits) -> [String] {
    let old = Dictionary(earlier.traits.map { (Key(subject: $0.subject, name: $0.name), $0) }) { first, _ in first }
    var changes: [String] = []
    for subject in subjects {
      guard earlier.subjects.contains(subject) else {
        changes.append("\(subject) is new")
        continue
      }
      let differing = traits.filter { trait in
        trait.subject == subject
          && old[Key(subject: subject, name: trait.name)].map { $0.content != trait.content } ?? true
      }
      // The sum of a piece says nothing beside its parts.
      let parts = differing.filter { !["content", "chain"].contains($0.name) }
      let chain = differing.first { $0.name == "chain" && old[Key(subject: subject, name: "chain")]?.text != $0.text }
      let shown = chain.map { [$0] } ?? (parts.isEmpty ? differing : parts)
      changes += shown.map { "\(subject): \(Self.words($0, since: old[Key(subject: subject, name: $0.name)]))" }
    }
    changes += earlier.subjects.filter { !subjects.contains($0) }.map { "\($0) is gone" }
    if subjects.count == earlier.subjects.count, subjects != earlier.subjects,
      Set(subjects) == Set(earlier.subjects)
    {
      changes.append("layers stand in another order")
    }
    return changes
  }

  private static func words(_ trait: Trait, since earlier: Trait?) -> String {
    guard let earlier else { return "\(trait.name) is new" }
    guard let old = earlier.text, let new = trait.text, old != new else { return "\(trait.name) changed" }
    return "\(trait.name) changed from \(old) to \(new)"
  }
}
