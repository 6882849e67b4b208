import KernelTable
import SceneLang

/// A step of the chain between layers and output, as the executor sees it.
protocol ChainStep: AnyObject {
  var name: String { get }
  /// Takes a frame's values. Returns false if the step changes nothing in this frame.
  func begin(_ context: FrameContext, value: (NodeID) -> Double) -> Bool
  func shade(row y: Int, from source: PixelRow, to out: PixelRow)
  /// Set if the step must see more of the frame that was begun than the row that it shades.
  var gatherer: (any PictureGatherer)? { get }
}

extension ShaderStage {
  /// The step that shades a segment's pictures so.
  func step(
    in segment: SegmentGraph, simulations: SimulationPlanes?, kernels: KernelSet, _ setting: ShaderSetting
  ) -> any ChainStep {
    switch self {
    case .tables(let calls): return TableStep(calls, setting)
    case .pixel(let shader):
      return PixelShaderStep(shader, in: segment, simulations: simulations, kernels: kernels, setting)
    case .call(let call):
      switch Shaders.op(call.op).implementation {
      case .channelwise: return TableStep([call], setting)
      case .row(let make):
        var own = setting
        own.seed = call.seed
        return ShaderStep(name: call.op, make(own), call: call, own)
      }
    }
  }
}

/// One shader call, with its `when` and `mix`.
final class ShaderStep: ChainStep {
  let name: String
  private let shader: any RowShader
  private let pictureShader: (any PictureShader)?
  private let call: ShaderCall?
  private let parameters: [ParameterDeclaration]
  private let setting: ShaderSetting
  private let shaded: PixelRowBuffer?
  private var share: UInt8 = 255

  /// `call` nil: a step without arguments (tone).
  init(name: String, _ shader: any RowShader, call: ShaderCall?, _ setting: ShaderSetting) {
    self.name = name
    self.shader = shader
    pictureShader = shader as? any PictureShader
    self.call = call
    parameters = call.map { Shaders.op($0.op).declaration.parameters } ?? []
    self.setting = setting
    shaded = call?.mix == nil ? nil : PixelRowBuffer(width: setting.width)
  }

  var gatherer: (any PictureGatherer)? { pictureShader?.gathers == true ? pictureShader : nil }

  func begin(_ context: FrameContext, value: (NodeID) -> Double) -> Bool {
    guard let call else { return shader.begin(ShaderArguments(values: []), frame: context.frame) }
    share = call.share(value)
    return share > 0 && shader.begin(call.resolved(for: parameters, value), frame: context.frame)
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
  private let ops: [ShaderOp]
  private let setting: ShaderSetting
  private var applied: [Applied]?
  private var tables = ColorTables.identity

  init(_ calls: [ShaderCall], _ setting: ShaderSetting) {
    name = calls.map(\.op).joined(separator: " + ")
    self.calls = calls
    ops = calls.map { Shaders.op($0.op) }
    self.setting = setting
  }

  var gatherer: (any PictureGatherer)? { nil }

  func begin(_ context: FrameContext, value: (NodeID) -> Double) -> Bool {
    let now = zip(calls, ops).map { call, op in
      Applied(share: call.share(value), arguments: call.resolved(for: op.declaration.parameters, value))
    }
    if now != applied {
      applied = now
      tables = zip(ops, now).reduce(.identity) { tables, step in
        let (op, applied) = step
        guard case .channelwise(let curve) = op.implementation else {
          preconditionFailure("\(op.declaration.name) is not channelwise")
        }
        return tables.followed(by: ColorTables(curve: curve(applied.arguments)).mixed(applied.share))
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

/// Share of a shaded picture in 1/255: 0 while `when` is 0.
private func share(when: NodeID?, mix: NodeID?, _ value: (NodeID) -> Double) -> UInt8 {
  if let when, value(when) == 0 { return 0 }
  return mix.map { UInt8(clampingUnit: value($0)) } ?? 255
}

extension PixelShader {
  /// Share of the shaded picture in 1/255: 0 while `when` is 0.
  func share(_ value: (NodeID) -> Double) -> UInt8 { Renderer.share(when: when, mix: mix, value) }
}

extension ShaderCall {
  /// Share of the shaded picture in 1/255: 0 while `when` is 0.
  func share(_ value: (NodeID) -> Double) -> UInt8 { Renderer.share(when: when, mix: mix, value) }

  /// The arguments of a frame, for the parameters of its op. A number beyond the range that its parameter declares, which
  /// analysis could not know before rendering, is taken as the nearest end.
  func resolved(for parameters: [ParameterDeclaration], _ value: (NodeID) -> Double) -> ShaderArguments {
    precondition(parameters.count == arguments.count, "`\(op)` takes \(parameters.count) arguments")
    return ShaderArguments(
      values: zip(parameters, arguments).map { parameter, argument in
        switch argument {
        case .number(let node): .number(parameter.limited(value(node)))
        case .field: .field
        case .choice(let choice): .choice(choice)
        case .gradient(let gradient): .gradient(gradient)
        case .lookup(let table): .lookup(table)
        case .color(let red, let green, let blue):
          .color(red: value(red), green: value(green), blue: value(blue))
        }
      })
  }

  /// The field it reads at every pixel.
  var field: NodeID? {
    arguments.lazy.compactMap { if case .field(let node) = $0 { node } else { nil } }.first
  }

  /// The nodes of at most frame rate that the call reads.
  var nodes: [NodeID] {
    let values = arguments.flatMap { argument -> [NodeID] in
      switch argument {
      case .number(let node): [node]
      case .field, .choice, .gradient, .lookup: []
      case .color(let red, let green, let blue): [red, green, blue]
      }
    }
    return values + [when, mix].compactMap { $0 }
  }
}
