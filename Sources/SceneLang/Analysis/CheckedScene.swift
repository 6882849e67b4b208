/// A scene in which no user error is left: names resolved, types, units, ranges and rates settled, defaults filled in.
public struct CheckedScene: Sendable {
  public var title: String?
  public var format: PictureFormat
  public var audio: SoundMix?
  /// What was found in the track; nil where the features are synthetic.
  public var sound: SoundAnalysis?
  public var tempo: Double
  public var seed: String
  /// The names under `variants:`, in order.
  public var variants: [String]
  public var definitions: [CheckedField]
  public var bindings: [CheckedBinding]
  /// Empty for a library: a file of definitions only.
  public var segments: [CheckedSegment]
  /// Layers over all segments, on the clock of the video, after the looks.
  public var overlay: CheckedOverlay
  /// What is made of the video; paths from the scene's folder. One or more.
  public var outputs: [Output]
  /// Frames that tests compare, ascending; nil unless the scene says.
  public var golden: [Int]?
  /// The files of all inputs, from the scene's folder.
  public var inputPaths: [String]
  /// The words with times that layers show.
  public var cues: [TextCue]
}

/// Layers over the whole video; their randomness is keyed by the scene alone.
public struct CheckedOverlay: Sendable {
  public var layers: [CheckedLayer] = []
  /// Below the looks instead of above them.
  public var isUnderLook = false
}

/// Characters of the author's own that the video shows, with the place that writes them. Whether a face draws them is
/// for the renderer to say.
public struct ShownCharacters: Sendable, Hashable {
  public enum Use: Sendable, Hashable {
    case palette([Unicode.Scalar])
    case text(String)
    case cues([TextCue])
  }

  public var use: Use
  public var span: Span
}

/// A field written in the language.
public struct CheckedField: Sendable {
  public var name: String
  public var doc: String?
  public var parameters: [CheckedParameter]
  /// The scope of its own `let`.
  public var scope: ScopeID
  public var value: TypedExpression
}

/// A parameter of a field, a look or the scene.
public struct CheckedParameter: Sendable {
  public var name: String
  /// Other names that calls may give it.
  public var aliases: [String]
  public var type: ValueType
  public var dimension: Dimension
  public var range: ClosedRange<Double>?
  public var rate: Rate
  public var choices: [String]
  public var doc: String?
  public var `default`: TypedExpression?
  public var span: Span

  /// Its name and its aliases, folded.
  var keys: [String] { ([name] + aliases).map(Name.folded) }
}

public struct CheckedBinding: Sendable {
  public var name: String
  public var scope: ScopeID
  public var value: TypedExpression
}

public struct CheckedSegment: Sendable {
  public var name: String
  public var span: Span
  public var frames: Range<Int>
  /// How bright it means to be.
  public var level: BrightnessBand
  public var seed: String
  public var layers: [CheckedLayer]
  public var tone: Tone
  public var feedback: CheckedFeedback?
  public var look: [CheckedShader]
  public var transition: CheckedTransition?
}

/// The feedback of a segment; see `Feedback` for units and ranges.
public struct CheckedFeedback: Sendable {
  public var decay: TypedExpression
  public var motion: Feedback.Motion
  public var amount: TypedExpression
  public var hueShift: TypedExpression
  public var blend: String
  public var opacity: TypedExpression
  /// As written: the name and one argument per parameter.
  public var call: CheckedShader
}

/// A transition into a segment.
public struct CheckedTransition: Sendable {
  public var call: CheckedShader
  public var frameCount: Int
  /// 0…1 over its duration, eased.
  public var progress: TypedExpression
}

public struct CheckedLayer: Sendable {
  public enum Source: Sendable {
    case field(TypedExpression)
    case effect(CheckedCall)
    case text(CheckedText)
    /// Layers on a canvas of their own; then palette, paint and wash mean nothing, and the grid is that of the mask.
    indirect case group(CheckedGroup)
  }

  public enum Paint: Sendable {
    case color(TypedExpression)
    case hue(TypedExpression, saturation: TypedExpression)
  }

  public var name: String
  public var span: Span
  public var source: Source
  public var grid: Grid
  public var palette: CheckedPalette
  public var paint: Paint
  public var brightness: TypedExpression
  public var wash: TypedExpression
  public var blend: String
  public var blendLight: Layer.BlendLight
  public var opacity: TypedExpression
  public var isOpaque: Bool
  public var mask: TypedExpression?
  public var maskPlace: Layer.MaskPlace
  public var effects: [CheckedCall]
  public var when: TypedExpression?
  public var hasBackdrop: Bool
  /// The place that names the blend; that of the layer if none does.
  public var blendSpan: Span
}

/// How a value becomes a glyph.
public struct CheckedPalette: Sendable {
  public var glyphs: Palette
  /// Radians: which way a line runs in each cell; nil where values choose the glyphs.
  public var direction: TypedExpression?
}

/// Layers that are drawn, shaded and blended as one.
public struct CheckedGroup: Sendable {
  public var layers: [CheckedLayer]
  public var look: [CheckedShader]
  /// The layers write into the cells of one grid.
  public var sharesCells = false
}

/// A call of an effect, a particle system or a simulation, one value per parameter.
public struct CheckedCall: Sendable, Hashable {
  public enum Value: Sendable, Hashable {
    case number(TypedExpression)
    case field(TypedExpression)
    case word(String)
  }

  public var op: String
  public var arguments: [Value]
}

public struct CheckedText: Sendable {
  public var text: String
  /// In place of the text: words with times, by their beginning.
  public var cues: [TextCue] = []
  public var alignment: TextBlock.Alignment
  public var u: TypedExpression
  public var v: TypedExpression
  /// Whether the author says where it stands.
  public var hasPosition = false
  public var wrap: Int?
  /// Nil for a text that stands still.
  public var motion: CheckedMotion?
  /// The place that writes it.
  public var span: Span
}

/// How a text comes, moves and goes.
public struct CheckedMotion: Sendable {
  public var styles: [CheckedCall]
  /// Seconds since the text appeared and until it is gone.
  public var elapsed: TypedExpression
  public var remaining: TypedExpression
}

/// One shader of a look, already taken out of named looks; its expressions belong to `scope`.
public struct CheckedShader: Sendable {
  public enum Value: Sendable {
    case number(TypedExpression)
    /// A value per pixel.
    case field(TypedExpression)
    case choice(String)
    case color(TypedExpression)
    case gradient(Gradient)
    case lookup(ColorLookup)
  }

  public var op: String
  /// In the order of the declaration's parameters.
  public var arguments: [Value]
  /// The color of a pixel, where the shader is written in the scene; then it has no arguments left.
  public var color: TypedExpression?
  public var when: TypedExpression?
  public var mix: TypedExpression?
  /// What replaces its place in the chain as its part of the randomness key.
  public var seed: String?
  /// The call.
  public var span: Span
}
