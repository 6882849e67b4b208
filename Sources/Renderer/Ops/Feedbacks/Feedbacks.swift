import SceneLang

/// The feedbacks with a name (CATALOGUE 1.15): plain trails, and the seven presets.
enum Feedbacks {
  static let all: [OpDeclaration] = [
    feedback(
      "color_evolution", "Bright where the picture changes, in colors that go around the wheel.", decay: "0.8",
      blend: "difference", opacity: "0.4", hueShift: "0.03"),
    feedback(
      "ghostly_echo", "Pale copies rise and fade slowly.", decay: "0.9", blend: "add", opacity: "0.15",
      transform: .up, amount: "0.01"),
    feedback(
      "infinite_zoom_tunnel", "The picture flies out of its own middle.", decay: "0.8", opacity: "0.4",
      transform: .zoom, amount: "0.015"),
    feedback(
      "kaleidoscopic_recursion", "Trails turn about the middle and change their hue.", decay: "0.75",
      opacity: "0.35", transform: .clockwise, amount: "0.005", hueShift: "0.01"),
    feedback(
      "multiplied_depth", "The mirrored picture shades the new one.", decay: "0.65", blend: "multiply",
      opacity: "0.3", transform: .mirror),
    feedback(
      "rainbow_trails", "Trails grow out of the middle through all colors.", decay: "0.7", opacity: "0.3",
      transform: .zoom, amount: "0.01", hueShift: "0.02"),
    feedback(
      "rising_heat_haze", "A short flicker above what is bright.", decay: "0.5", blend: "add", opacity: "0.2",
      transform: .up, amount: "0.02"),
    feedback("trails", "What moves leaves a trail."),
  ]

  private static let blends = Blends.all.map(\.declaration.name)

  private static func feedback(
    _ name: String, _ summary: String, decay: String = "0.85", blend: String = "screen", opacity: String = "0.5",
    transform: Feedback.Motion = .none, amount: String = "0.02", hueShift: String = "0"
  ) -> OpDeclaration {
    .feedback(
      name, summary, decay: decay, blend: blend, opacity: opacity, transform: transform, amount: amount,
      hueShift: hueShift, blends: blends)
  }
}
