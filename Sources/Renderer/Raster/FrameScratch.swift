/// Memory of a picture's size whose contents nobody reads in the next frame.
///
/// It comes to its next user as it was left: who takes it writes what it reads.
protocol ScratchMemory: AnyObject, SendableMetatype {
  /// What it takes at most, rounded up.
  static var bytesPerPixel: Int { get }
  init(_ setting: ShaderSetting)
}

/// The memory that one worker's groups, shaders and transitions take while they need it and put back: what is never needed at
/// the same time is the same memory, so that it does not grow with how many they are. All of it is of one size.
final class FrameScratch {
  private var spare: [ObjectIdentifier: [any ScratchMemory]] = [:]
  /// How many were made, by their type's name.
  private(set) var made: [String: Int] = [:]
  /// What they take together.
  private(set) var bytesPerPixel = 0

  /// One that nobody has, or a new one.
  func take<Memory: ScratchMemory>(_ setting: ShaderSetting) -> Memory {
    if let free = spare[ObjectIdentifier(Memory.self)]?.popLast() as? Memory { return free }
    made["\(Memory.self)", default: 0] += 1
    bytesPerPixel += Memory.bytesPerPixel
    return Memory(setting)
  }

  /// Gives back what was taken here; nil is nothing, and is what stays.
  func put<Memory: ScratchMemory>(_ memory: inout Memory?) {
    if let memory { spare[ObjectIdentifier(Memory.self), default: []].append(memory) }
    memory = nil
  }
}

extension FrameScratch {
  /// Lends pictures while `body` runs.
  func withPictures(_ count: Int, _ setting: ShaderSetting, _ body: ([Picture]) -> Void) {
    let pictures: [Picture] = (0..<count).map { _ in take(setting) }
    body(pictures)
    for picture in pictures {
      var back = Optional(picture)
      put(&back)
    }
  }
}

extension Picture: ScratchMemory {
  static var bytesPerPixel: Int { 3 }
  convenience init(_ setting: ShaderSetting) { self.init(width: setting.width, height: setting.height) }
}

extension CoveragePlane: ScratchMemory {
  static var bytesPerPixel: Int { 1 }
  convenience init(_ setting: ShaderSetting) { self.init(width: setting.width, height: setting.height) }
}
