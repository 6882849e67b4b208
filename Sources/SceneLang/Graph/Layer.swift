/// One layer of a segment: glyphs in cells of one grid, blended onto what is below.
public struct Layer: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// A value per cell, 0…1 after clamping.
    case field(NodeID)
    /// Cells of their own: value and energy of each, and its glyph where the palette does not choose it.
    case effect(NativeCall)
    case text(TextBlock)
    /// Layers on a canvas of their own. A group draws no cells: palette, paint, wash and seed mean nothing to it, and its
    /// grid is that of its mask.
    case group(LayerGroup)
  }

  /// Where a mask is read: at the middle of every cell, or at every pixel, where `1cell` is a pixel.
  public enum MaskPlace: String, Sendable, Hashable, CaseIterable { case cells, pixels }

  /// What a blend calculates with: sRGB levels as they are, or the light that they stand for.
  public enum BlendLight: String, Sendable, Hashable, CaseIterable { case encoded, linear }

  public var name: String
  public var source: Source
  public var grid: Grid
  public var palette: Palette
  /// Radians, 0 level, clockwise: where the value shows at all, the glyph is the one of the palette's n visible characters,
  /// as written, at round(n · direction / π) mod n; nil where values choose the glyphs.
  public var direction: NodeID?
  public var paint: Paint
  /// 0…1: a solid cell below the glyph in paint × (0.1 + wash · value^1.5); 0 leaves the cell transparent.
  public var wash: NodeID
  /// The name of a blend of the catalogue.
  public var blend: String
  public var blendLight: BlendLight
  /// 0…1, at most frame rate.
  public var opacity: NodeID
  /// Cells are opaque black below glyph and wash.
  public var isOpaque: Bool
  /// 0…1; nil for no mask.
  public var mask: NodeID?
  public var maskPlace: MaskPlace
  /// Calls of ops of kind `cell_effect`, each of which changes the cells that the one before it left.
  public var effects: [NativeCall]
  /// Drawn only while this is not 0 (frame rate); nil for always.
  public var when: NodeID?
  /// A soft shadow below text, so that it reads on anything.
  public var hasBackdrop: Bool
  /// The randomness key of the layer.
  public var seed: UInt64

  public init(
    name: String, source: Source, grid: Grid, palette: Palette, direction: NodeID? = nil, paint: Paint, wash: NodeID,
    blend: String,
    blendLight: BlendLight = .encoded, opacity: NodeID, isOpaque: Bool, mask: NodeID?, maskPlace: MaskPlace = .cells,
    effects: [NativeCall] = [],
    when: NodeID?, hasBackdrop: Bool, seed: UInt64
  ) {
    self.name = name
    self.source = source
    self.grid = grid
    self.palette = palette
    self.direction = direction
    self.paint = paint
    self.wash = wash
    self.blend = blend
    self.blendLight = blendLight
    self.opacity = opacity
    self.isOpaque = isOpaque
    self.mask = mask
    self.maskPlace = maskPlace
    self.effects = effects
    self.when = when
    self.hasBackdrop = hasBackdrop
    self.seed = seed
  }
}

/// Layers that are drawn, shaded and blended as one.
public struct LayerGroup: Hashable, Sendable {
  public var layers: [Layer]
  public var shaders: [ShaderStage]
  /// The layers write into the cells of one grid, that of the group, and are not blended: a glyph replaces the one below,
  /// a blank lets it show. Such a group has no shaders.
  public var sharesCells: Bool

  public init(layers: [Layer], shaders: [ShaderStage], sharesCells: Bool = false) {
    self.layers = layers
    self.shaders = shaders
    self.sharesCells = sharesCells
  }

  /// The group with other layers and shaders.
  func map(_ layers: ([Layer]) -> [Layer], _ shaders: ([ShaderStage]) -> [ShaderStage]) -> LayerGroup {
    LayerGroup(layers: layers(self.layers), shaders: shaders(self.shaders), sharesCells: sharesCells)
  }
}

/// A character grid: a face at a size. Columns and rows follow from the face's metrics at the 1080-class reference.
public struct Grid: Hashable, Sendable {
  public enum Face: String, Sendable, Hashable, CaseIterable { case regular, bold }

  /// Font size in pixels when the shorter side has 1080.
  public var fontSize: Double
  public var face: Face

  public init(fontSize: Double, face: Face) {
    self.fontSize = fontSize
    self.face = face
  }
}

/// The colour of a cell's glyph.
public struct Paint: Hashable, Sendable {
  public enum Base: Hashable, Sendable {
    /// Gradients side by side in one table of 256 entries, read at 0…1 (clamped) from its first entry to its last: one
    /// alone has all of it, each of n has ⌊256 / n⌋ entries.
    case gradients([Gradient], at: NodeID)
    /// HSV with value 1; hue in turns, modulo 1; saturation 0…1.
    case hue(NodeID, saturation: NodeID)
    /// sRGB 0…1.
    case rgb(NodeID, NodeID, NodeID)
  }

  public var base: Base
  /// Multiplies the colour; 0…1.
  public var brightness: NodeID

  public init(base: Base, brightness: NodeID) {
    self.base = base
    self.brightness = brightness
  }
}

/// Colours along 0…1.
public struct Gradient: Hashable, Sendable {
  public enum Space: String, Sendable, Hashable, CaseIterable { case oklab, oklch, rgb, steps }
  public enum HuePath: String, Sendable, Hashable, CaseIterable { case short, long }

  public struct Stop: Hashable, Sendable {
    /// 0…1, ascending.
    public var position: Double
    public var color: RGB

    public init(position: Double, color: RGB) {
      self.position = position
      self.color = color
    }
  }

  public var stops: [Stop]
  public var space: Space
  public var huePath: HuePath

  public init(stops: [Stop], space: Space, huePath: HuePath = .short) {
    self.stops = stops
    self.space = space
    self.huePath = huePath
  }
}

/// An sRGB colour, components 0…255.
public struct RGB: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// Words on a grid.
public struct TextBlock: Hashable, Sendable {
  public enum Alignment: String, Sendable, Hashable, CaseIterable { case left, center, right }

  public var text: String
  public var alignment: Alignment
  /// Where the block's anchor stands, in shares of the picture; the anchor is the middle of its height and, by
  /// alignment, its left edge, middle or right edge. Frame rate.
  public var u: NodeID
  public var v: NodeID
  /// Longest line in characters; nil for what suits the grid and the picture.
  public var wrap: Int?
  /// Nil for a text that stands still.
  public var motion: TextMotion?
  /// In place of the text; nil for a text that is always the same.
  public var lyrics: Lyrics?

  /// Words that change: at any time all cues that have begun and not ended, the earlier above the later.
  public struct Lyrics: Hashable, Sendable {
    /// By their beginning.
    public var cues: [TextCue]
    /// Seconds of the video. Frame rate.
    public var clock: NodeID

    public init(cues: [TextCue], clock: NodeID) {
      self.cues = cues
      self.clock = clock
    }
  }

  public init(
    text: String, alignment: Alignment, u: NodeID, v: NodeID, wrap: Int?, motion: TextMotion? = nil,
    lyrics: Lyrics? = nil
  ) {
    self.lyrics = lyrics
    self.text = text
    self.alignment = alignment
    self.u = u
    self.v = v
    self.wrap = wrap
    self.motion = motion
  }
}

/// How the characters of a text come, move and go.
public struct TextMotion: Hashable, Sendable {
  /// Calls of ops of kind `style`, each of which changes what the one before it left.
  public var styles: [NativeCall]
  /// Seconds since the text appeared. Frame rate.
  public var elapsed: NodeID
  /// Seconds until it is gone. Frame rate.
  public var remaining: NodeID

  public init(styles: [NativeCall], elapsed: NodeID, remaining: NodeID) {
    self.styles = styles
    self.elapsed = elapsed
    self.remaining = remaining
  }

  func mapNodes(_ map: (NodeID) -> NodeID) -> TextMotion {
    TextMotion(styles: styles.map { $0.mapNodes(map) }, elapsed: map(elapsed), remaining: map(remaining))
  }
}

/// One call of a shader with its arguments in the order of the declaration's parameters.
public struct ShaderCall: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case number(NodeID)
    /// A value per pixel.
    case field(NodeID)
    case choice(String)
    case color(NodeID, NodeID, NodeID)
    case gradient(Gradient)
    case lookup(ColorLookup)
  }

  public var op: String
  public var arguments: [Value]
  /// Applied only while this is not 0 (frame rate).
  public var when: NodeID?
  /// 0…1: share of the shaded picture in the result; nil for 1.
  public var mix: NodeID?
  public var seed: UInt64

  public init(op: String, arguments: [Value], when: NodeID? = nil, mix: NodeID? = nil, seed: UInt64) {
    self.op = op
    self.arguments = arguments
    self.when = when
    self.mix = mix
    self.seed = seed
  }
}

/// How a segment begins: its first frames are mixed with those of the segment before, which runs on past its end.
public struct Transition: Hashable, Sendable {
  /// The op with its arguments; the first is the duration in seconds.
  public var call: ShaderCall
  /// At least 1.
  public var frameCount: Int
  /// 0…1 at frame rate: how far the new segment has come.
  public var progress: NodeID

  public init(call: ShaderCall, frameCount: Int, progress: NodeID) {
    self.call = call
    self.frameCount = frameCount
    self.progress = progress
  }
}

/// A step of the shader chain.
public enum ShaderStage: Hashable, Sendable {
  case call(ShaderCall)
  /// Neighbouring channelwise calls, composed into one table per channel (made by `composeTables`).
  case tables([ShaderCall])
  /// A shader of the scene's own.
  case pixel(PixelShader)
}
