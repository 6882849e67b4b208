/// A shader written in the scene language: a color for every pixel, from the picture before it.
public struct PixelShader: Hashable, Sendable {
  public var name: String
  /// sRGB 0…1, at most pixel rate; evaluated on a grid whose cells are the pixels.
  public var red: NodeID
  public var green: NodeID
  public var blue: NodeID
  /// Applied only while this is not 0 (frame rate).
  public var when: NodeID?
  /// 0…1: share of the shaded picture in the result; nil for 1.
  public var mix: NodeID?

  public init(name: String, red: NodeID, green: NodeID, blue: NodeID, when: NodeID? = nil, mix: NodeID? = nil) {
    self.name = name
    self.red = red
    self.green = green
    self.blue = blue
    self.when = when
    self.mix = mix
  }

  public var channels: [NodeID] { [red, green, blue] }

  func mapNodes(_ map: (NodeID) -> NodeID) -> PixelShader {
    PixelShader(
      name: name, red: map(red), green: map(green), blue: map(blue), when: when.map(map), mix: mix.map(map))
  }
}
