import SceneLang
import Testing

@testable import Renderer

/// Every name of CATALOGUE 1.3 to 1.17 is one that a scene can say, be it an alias of a better one; those that are not
/// are listed with the reason, and refused.
@Suite struct CatalogueNamesTests {
  /// Where names of one kind stand, and the names: as the catalogue writes them, with its own parameters.
  struct Slot: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The keys of a segment; `%` is the name.
    var segment: String
    var names: [String]

    init(_ kind: String, _ segment: String, _ names: [String]) {
      (testDescription, self.segment, self.names) = (kind, segment, names)
    }

    func scene(_ names: [String]) -> String {
      names.enumerated().reduce(
        "ascii-scene: 1\ntempo: 120bpm\nsegments:\n  - {duration: 1s, layers: [field: plasma]}\n"
      ) {
        $0 + "  - {duration: 1s, \(segment.replacing("%", with: $1.element))}\n"
      }
    }
  }

  static let slots = [
    Slot(
      "palettes (1.3)", "layers: [{field: plasma, palette: %}]",
      [
        "DEFAULT", "DENSE", "MINIMAL", "BINARY", "GRADIENT", "BLOCKS", "BLOCKS_EXT", "SHADE", "MATH", "BOX", "CIRCUIT",
        "RUNE", "ALCHEMIC", "ZODIAC", "ARROWS", "MUSIC", "KATA", "GREEK", "CYRILLIC", "ARABIC", "DOTS", "BRAILLE",
        "STARS", "HALFFILL", "HATCH", "MYTH", "OCEAN", "ORGANIC", "MACHINE", "ENERGY", "SPARK", "LEAF", "SNOW", "RAIN",
        "BUBBLE", "DATA", "HEX", "DOT", "DASH",
      ]),
    Slot(
      "colours (1.4)", "layers: [{field: plasma, color: %}]",
      [
        "NEON", "PASTEL", "MONO_GREEN", "MONO_AMBER", "CYBERPUNK", "VAPORWAVE", "EARTH", "ICE", "BLOOD", "FOREST",
        "temperature", "'hsv(angle / tau, 0.8, value)'", "'oklab(value, 0.1, 0)'", "'oklch(value, 0.1, 0.5)'",
        "'oklch_angle(offset=0, chroma=0.12, lightness=0.7)'",
        "{complementary: '#c03030'}", "{triadic: '#c03030'}", "{analogous: '#c03030'}",
        "{split_complementary: '#c03030'}", "{tetradic: '#c03030'}",
      ]),
    Slot(
      "hue fields (1.5)", "layers: [{field: plasma, hue: '%'}]",
      [
        "hue_fixed(hue=0.2)", "hue_angle(offset=0.1)", "hue_distance(base=0.5, scale=0.02)", "time_cycle(speed=0.1)",
        "audio_cent", "hue_plasma(speed=0.3)", "gradient_h(start=0, end=1)", "gradient_v(start=0, end=1)",
        "fixed(hue=0.2)", "distance(base=0.5, scale=0.02)",
      ]),
    Slot(
      "fields (1.6), distances (1.7) and masks (1.12)", "layers: [{field: '%'}]",
      [
        "sinefield", "smooth_noise(octaves=3)", "rings(n_base=6, spacing_base=4cells)",
        "spiral(n_arms=3, tightness=2.5)",
        "tunnel(speed=3, complexity=6)", "vortex(twist=3)", "interference(n_waves=6)", "aurora(n_bands=3)",
        "ripple(freq=0.05, damping=0.02)", "plasma", "diamond(freq=0.15)", "noise_static(density=0.4)",
        "noise(freq=0.08, speed=0.3)", "fbm(octaves=5, freq=0.06, lacunarity=2, gain=0.5, speed=0.2)",
        "domain_warp(warp_strength=15, freq=0.06, speed=0.2)", "voronoi(n_cells=20, speed=0.3, mode=cell_id, seed=42)",
        "voronoi(mode=distance)", "voronoi(mode=edge)",
        "reaction_diffusion(preset=spots, feed=0.001, kill=0.001, steps_per_frame=8, init=ring, da=1, db=0.5, dt=1)",
        "game_of_life(rule=life, birth=3, survive=23, density=0.3, fade=0.92)",
        "strange_attractor(attractor=clifford, n_points=50000, a=-1.4)",
        "temporal_noise(freq=0.06, t_freq=0.3, octaves=4)", "sdf(circle)", "cellular(n_centers=12)",
        "morph(plasma, rings, t_start=0s, t_end=2s, ease=in_out_cubic)", "morph(plasma, rings, ease=linear)",
        "iris(ease=smoothstep)", "sequence(plasma, rings, each=2s, crossfade=1s)",
        "circle(cx=0.1, cy=0.1, radius=0.3)", "box(round_r=0.02)", "ring(radius=0.3, thickness=0.03)",
        "line(thickness=0.01)", "triangle(size=0.25)", "star(n_points=5, outer=0.25, inner=0.12)", "heart(size=0.25)",
        "union(circle, box)", "intersect(circle, box)", "subtract(circle, box)", "smooth_union(circle, box, k=0.1)",
        "smooth_subtract(circle, box, k=0.1)", "repeat(circle(0.1), 0.25, 0.25)", "fill(circle)",
        "glow(circle, falloff=0.05)",
        "rect", "gradient_radial(inner=0, outer=0.5)", "from_field(plasma, threshold=0.5, feather=0.1)",
        "text(text=\"HELLO\")", "text_block(text=\"HELLO\")", "select(fill(circle), plasma, rings)",
        "iris(t0=0s, t1=2s, max_radius=0.7, feather=0.03)", "wipe_h(t0=0s, t1=2s, direction=left)",
        "wipe_h(direction=right)",
        "wipe_v(direction=down)", "wipe_v(direction=up)", "dissolve(t0=0s, t1=2s, seed=42)",
        "sinefield(bri=0.5)", "smooth_noise(bri=0.5, seed=1)", "noise(bri=0.7)", "fbm(bri=0.8, seed=1)",
        "temporal_noise(bri=0.8, seed=1)", "strange_attractor(bri=0.8, warmup=500, seed=42)",
        "domain_warp(base_fn=fbm, warp_fn=noise, seed=1)", "ridged(seed=1)", "turbulence(seed=1)",
        "curl_noise(seed=1)", "fbm_noise(seed=1)", "voronoi(mode=edge, edge_width=0.01)",
        "sdf(shape=circle, edge_width=0.01, invert=true)", "sdf(heart, glow=true, glow_falloff=0.03)", "sdf",
        "box(w=0.3, h=0.2)", "repeat(circle(0.1), spacing=0.25)", "reaction_diffusion(seed=42)",
        "game_of_life(steps_per_frame=1, seed=42)", "ripple(sources=1)",
      ]),
    Slot(
      "masks (1.12)", "layers: [{field: plasma, mask: '%'}]",
      [
        "circle(cx=0, cy=0, radius=0.3, feather=0.05)", "ring(inner=0.15, outer=0.35, feather=0.03)", "invert(circle)",
        "invert(fill(circle))", "invert(x > 0)", "invert(plasma)", "union(circle, box)", "subtract(circle, box)",
      ]),
    Slot(
      "what audio gives (F.1)", "layers: [{field: plasma, when: '%'}]",
      ["beat", "bar", "beats(4)", "beats(1)", "bdecay > 0.3", "flux > 0.5"]),
    Slot(
      "transforms (1.8)", "layers: [{field: plasma, transform: ['%']}]",
      [
        "rotate(angle=30deg, cx=0.1)", "scale(sx=1, sy=2)", "skew(kx=0, ky=0.1)", "tile(nx=3, ny=3, mirror=true)",
        "polar",
        "cartesian_from_polar", "twist(amount=2)", "fisheye(strength=1.5)", "wave(freq=6, amp=0.1, axis=y)",
        "mobius(a=1, b=0, c=0, d=1)",
      ]),
    Slot(
      "easings (1.9)", "layers: [{field: plasma, opacity: {keys: {0s: 0, 1s: 1}, ease: %}}]",
      [
        "linear", "in_quad", "out_quad", "in_out_quad", "in_cubic", "out_cubic", "in_out_cubic", "in_expo", "out_expo",
        "elastic", "bounce",
      ]),
    Slot(
      "particles (1.10)", "layers: [{particles: '%'}]",
      [
        "explosion", "embers", "dissolve_cloud(n=600)", "starfield(n=300)", "orbit(n=20, speed=1)", "gravity_well",
        "boids(n=200, sep=1.5, ali=1, coh=1)", "flow_field(n=500, speed=1)", "explosion(count_base=80)",
        "boids(perception=8cells, max_speed=2)", "flow(life_drain=0.005, emit_rate=10)",
      ]),
    Slot(
      "effects (1.10)", "layers: [{effect: '%'}]",
      [
        "matrix_rain(speed_base=0.5, speed_beat=3)", "fire_columns", "ice", "spectrum(n_bars=64, mirror=true)",
        "waveform", "waveform(row_offset=-5)",
      ]),
    Slot(
      "cell effects (1.10)", "layers: [{field: plasma, effects: ['%']}]",
      [
        "glitch_displace(intensity=1)", "block_corrupt", "scanbars", "error_words", "hex_stream", "shake",
        "block_corrupt(count_base=20)", "scanbars(n_base=4)", "shake(x_amp=6, y_amp=3)",
      ]),
    Slot(
      "text styles (1.11)", "layers: [{text: A B, style: '%'}]",
      [
        "ticker(speed=15)", "beat_words", "fading_messages(period=4s)", "typewriter", "fade_in", "flash", "scatter",
        "converge", "sine_path",
      ]),
    Slot(
      "blends (1.13)", "layers: [field: rings, {field: plasma, blend: %}]",
      [
        "normal", "add", "subtract", "multiply", "screen", "overlay", "softlight", "hardlight", "difference",
        "exclusion", "colordodge", "colorburn", "linearlight", "vividlight", "pin_light", "hard_mix", "lighten",
        "darken", "grain_extract", "grain_merge",
      ]),
    Slot(
      "feedback (1.15)", "layers: [field: plasma], feedback: {%}",
      [
        "decay: 0.85, blend: screen, opacity: 0.5, transform: none, amt: 0.02, hue_shift: 0", "transform: zoom",
        "transform: shrink", "transform: rotate_cw", "transform: rotate_ccw", "transform: shift_up",
        "transform: shift_down", "transform: mirror_h", "infinite_zoom_tunnel: {}", "rainbow_trails: {}",
        "ghostly_echo: {}", "kaleidoscopic_recursion: {}", "colour_evolution: {}", "multiplied_depth: {}",
        "rising_heat_haze: {}",
      ]),
    Slot(
      "shaders and moods (1.16)", "layers: [field: plasma], look: [{%}]",
      [
        "crt: {strength: 0.05}", "pixelate: {block: 4px}", "wave_distort: {}", "kaleidoscope: {folds: 6}",
        "mirror_h: {}",
        "mirror_v: {}", "mirror_quad: {}", "mirror_diag: {}", "chromatic: {}", "channel_shift: {}",
        "channel_swap: {order: bgr}", "rgb_split_radial: {strength: 5px}", "invert: {}", "posterize: {levels: 4}",
        "threshold: {thr: 0.5}", "solarize: {threshold: 0.5}", "hue_rotate: {amt: 0.1}", "saturation: {factor: 1.5}",
        "color_grade: {tint: warm}", "color_wobble: {amt: 0.3}", "color_ramp: {ramp: ember}", "bloom: {thr: 0.51}",
        "edge_glow: {hue: 0.5}", "soft_focus: {strength: 0.3}", "radial_blur: {strength: 0.03}", "grain: {amt: 0.04}",
        "static: {density: 0.05, color: true}", "scanlines: {intensity: 0.08, spacing: 3px}",
        "halftone: {dot_size: 6px}", "vignette: {s: 0.22}", "contrast: {factor: 1.3}", "gamma: {gamma: 1.5}",
        "levels: {black: 0, white: 1, midtone: 1}", "brightness: {factor: 1.5}", "glitch_bands: {}",
        "block_glitch: {n_blocks: 8, max_size: 40px}", "pixel_sort: {thr: 0.39}", "data_bend: {}",
        "wave_distort: {freq: 0.02, amp: 8px, axis: x}", "wave_distort: {axis: y}", "chromatic: {amt: 3px}",
        "channel_shift: {r: 1px, g: -1px, b: 2px}", "pixel_sort: {direction: h}", "pixel_sort: {direction: v}",
        "displacement_map: {dx: plasma, dy: fbm, strength: 10px}", "reverse_vignette: {strength: 0.5}", "retro: {}",
        "clean: {}",
        "glitch: {}", "cinematic: {}", "dreamy: {}", "industrial: {}", "psychedelic: {}", "corruption: {}",
        "recursive: {}", "warm: {}", "cool: {}", "matrix: {}", "amber: {}", "sepia: {}", "neon_pink: {}", "ice: {}",
        "blood: {}", "forest: {}", "void: {}", "sunset: {}", "neutral: {}",
        "color_grade: {tint: cool}", "color_grade: {tint: matrix}", "color_grade: {tint: amber}",
        "color_grade: {tint: sepia}", "color_grade: {tint: neon_pink}", "color_grade: {tint: ice}",
        "color_grade: {tint: blood}", "color_grade: {tint: forest}", "color_grade: {tint: void}",
        "color_grade: {tint: sunset}", "color_grade: {tint: neutral}",
      ]),
    Slot(
      "transitions (1.17)", "layers: [field: plasma], transition: %",
      [
        "{cell_crossfade: 0.5s}", "{canvas_crossfade: 0.5s}", "{wipe: {direction: left}}", "{wipe: {direction: right}}",
        "{wipe: {direction: up}}", "{wipe: {direction: down}}", "{wipe: {direction: radial}}",
        "{wipe: {direction: diagonal}}", "{dissolve: 0.5s}",
        "{glitch_cut: 0.5s}", "{mask_reveal: 0.5s}", "cut",
      ]),
  ]

  @Test(arguments: slots) func theCatalogueSaysIt(_ slot: Slot) {
    let result = SceneFiles.check(text: slot.scene(slot.names))
    let errors = result.diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(result.findings)")
  }

  /// What part 1 says and a scene does not, with the reason. A name that comes to be accepted belongs into `slots`.
  static let exceptions: KeyValuePairs = [
    Slot(
      "language", "layers: [{field: '%'}]",
      [
        "keyframe(t, 0, 1)", "make_tgrid", "sequence(plasma, rings, durations=2s)",
      ]):
      "`{keys: …}`; every field follows its transform; one length for each, as in a strip of film",
    Slot("particles", "layers: [{particles: '%'}]", ["trails"]): "`trail` of each system",
    Slot(
      "effects", "layers: [{effect: '%'}]",
      [
        "matrix_rain(hue=0.33)", "fire(n_base=20)", "fire(hue_base=0.02)", "fire(hue_range=0.12)",
        "ice(hue_base=0.55)", "waveform(hue=0.1)",
      ]):
      "the layer's colour, which may read `value` and `energy`; flames of a whole field, not columns",
    Slot("shaders", "layers: [field: plasma], look: [{%}]", ["channel_swap: {order: [2, 1, 0]}"]):
      "the letters of the channels",
    Slot("transitions", "layers: [field: plasma], transition: {%: 0.5s}", ["wipe_left", "wipe_diagonal"]):
      "one `wipe` with a direction, `up_left` to `down_right`",
  ]

  @Test func whatIsNotSaidIsRefused() {
    for (slot, reason) in Self.exceptions {
      for name in slot.names {
        let result = SceneFiles.check(text: slot.scene([name]))
        #expect(result.diagnostics.contains { $0.severity == .error }, "\(name) is accepted now (\(reason))")
      }
    }
  }

  /// An alias and the name it stands for are one field: the same graph.
  @Test func anAliasIsTheSameField() throws {
    func graph(_ field: String) throws -> RenderGraph {
      try SceneFiles.check(text: "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: '\(field)'}]}]").graph
    }
    #expect(try graph("max(cellular(n_centers=9), voronoi)") == graph("max(voronoi(cells=9), cellular)"))
    #expect(try graph("cellular") != graph("worley"))
  }

  /// What an entry answers to is said once: in `show`, an alias leads to one entry of a kind.
  @Test func aliasesLeadToOneEntry() {
    var known = Set<String>()
    for item in Catalog.builtin.items() {
      for name in [item.name] + item.aliases {
        #expect(known.insert("\(item.kind) \(Name.folded(name))").inserted, "\(item.kind) \(name)")
      }
      let names = item.parameters.flatMap { [$0.name] + $0.aliases }
      #expect(Set(names).count == names.count, "\(item.name)")
    }
  }
}
