import SceneLang

extension TransitionOp {
  static let dissolve = TransitionOp(
    "dissolve", "Blocks of the new picture appear at random; each switches once and stays.",
    parameters: [
      ParameterDeclaration(
        "size", default: "12px", in: 0.0005...1, .length, rate: .frame, "The side of a block."), .softness,
    ], example: "transition: {dissolve: 0.8s}"
  ) { setting in
    MaskTransition(setting) { y, mask, transition in
      let shorter = Double(min(setting.width, setting.height))
      let size = max(1, Int(transition.arguments.number(1) * shorter + 0.5))
      let softness = transition.arguments.number(2)
      var block = -1
      var level: UInt8 = 0
      for x in 0..<setting.width {
        if x / size != block {
          block = x / size
          level = transition.front(threshold(block, y / size, setting.seed), softness: softness)
        }
        mask[x] = level
      }
    }
  }

  /// When a block switches, 0…1: fixed for the whole transition, so that nothing flickers.
  static func threshold(_ column: Int, _ row: Int, _ seed: UInt64) -> Double {
    var h = seed ^ (UInt64(UInt32(truncatingIfNeeded: column)) << 32 | UInt64(UInt32(truncatingIfNeeded: row)))
    // Steele, Lea, Flood: SplitMix64's finaliser.
    h = (h ^ h >> 30) &* 0xBF58_476D_1CE4_E5B9
    h = (h ^ h >> 27) &* 0x94D0_49BB_1331_11EB
    return Double((h ^ h >> 31) >> 11) * 0x1p-53
  }
}
