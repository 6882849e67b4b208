import KernelTable
import SceneLang

/// A step of the chain between layers and output, as the executor sees it.
protocol ChainStep: AnyObject {
  var name: String { get }
  /// Takes a frame's values. Returns false if the step changes nothing in this frame.
  func begin(frame: Int, value: (NodeID) -> Double) -> Bool
  func shade(row y: Int, from source: PixelRow, to out: PixelRow)
  /// Set if the step must see the whole picture first.
  var pictureShader: (any PictureShader)? { get }
}

/// One shader call, with its `when` and `mix`.
final class ShaderStep: ChainStep {
  let name: String
  private let shader: any RowShader
  let pictureShader: (any PictureShader)?
  private let call: ShaderCall?
  private let setting: ShaderSetting
  private let shaded: PixelRowBuffer?
  private var share: UInt8 = 255

  /// `call` nil: a step without arguments (tone).
  init(name: String, _ shader: any RowShader, call: ShaderCall?, _ setting: ShaderSetting) {
    self.name = name
    self.shader = shader
    pictureShader = shader as? any PictureShader
    self.call = call
    self.setting = setting
    shaded = call?.mix == nil ? nil : PixelRowBuffer(width: setting.width)
  }

  func begin(frame: Int, value: (NodeID) -> Double) -> Bool {
    guard let call else { return shader.begin(ShaderArguments(values: []), frame: frame) }
    share = call.share(value)
    return share > 0 && shader.begin(call.resolved(value), frame: frame)
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    guard let shaded, share < 255 else { return shader.shade(row: y, from: source, to: out) }
    shader.shade(row: y, from: source, to: shaded.row)
    for channel in PixelRow.channels {
      setting.kernels.interpolate(
        out[channel], from: source[channel], to: shaded.row[channel], constant: share, count: setting.paddedWidth)
    }
  }
}

/// Neighbouring channelwise calls as one table per channel, made anew only when an argument changes.
final class TableStep: ChainStep {
  private struct Applied: Hashable {
    var share: UInt8
    var arguments: ShaderArguments
  }

  let name: String
  private let calls: [ShaderCall]
  private let setting: ShaderSetting
  private var applied: [Applied]?
  private var tables = ColorTables.identity

  init(_ calls: [ShaderCall], _ setting: ShaderSetting) {
    name = calls.map(\.op).joined(separator: " + ")
    self.calls = calls
    self.setting = setting
  }

  var pictureShader: (any PictureShader)? { nil }

  func begin(frame: Int, value: (NodeID) -> Double) -> Bool {
    let now = calls.map { Applied(share: $0.share(value), arguments: $0.resolved(value)) }
    if now != applied {
      applied = now
      tables = zip(calls, now).reduce(.identity) { tables, step in
        guard case .channelwise(let curve) = Shaders.op(step.0.op).implementation else {
          preconditionFailure("\(step.0.op) is not channelwise")
        }
        return tables.followed(by: ColorTables(curve: curve(step.1.arguments)).mixed(step.1.share))
      }
    }
    return tables != .identity
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    tables.entries.withUnsafeBufferPointer { entries in
      for channel in PixelRow.channels {
        setting.kernels.lookup(
          out[channel], source[channel], table: entries.baseAddress! + 256 * channel, count: setting.paddedWidth)
      }
    }
  }
}

extension ShaderCall {
  /// Share of the shaded picture in 1/255: 0 while `when` is 0.
  func share(_ value: (NodeID) -> Double) -> UInt8 {
    if let when, value(when) == 0 { return 0 }
    return mix.map { UInt8(clampingUnit: value($0)) } ?? 255
  }

  func resolved(_ value: (NodeID) -> Double) -> ShaderArguments {
    ShaderArguments(
      values: arguments.map { argument in
        switch argument {
        case .number(let node): .number(value(node))
        case .choice(let choice): .choice(choice)
        case .gradient(let gradient): .gradient(gradient)
        case .color(let red, let green, let blue):
          .color(red: value(red), green: value(green), blue: value(blue))
        }
      })
  }

  /// The nodes the call reads.
  var nodes: [NodeID] {
    let values = arguments.flatMap { argument -> [NodeID] in
      switch argument {
      case .number(let node): [node]
      case .choice, .gradient: []
      case .color(let red, let green, let blue): [red, green, blue]
      }
    }
    return values + [when, mix].compactMap { $0 }
  }
}
