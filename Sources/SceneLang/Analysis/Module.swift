/// One file of a scene: its names that stand outside the expression namespace, and what it imports.
final class Module {
  struct Import {
    var module: Module
    var span: Span
  }

  /// As shown in messages; empty for places that belong to no file of the scene.
  let path: String
  /// The scope of the file; set once when the module is made.
  private(set) var scope: Scope!
  var imports: [String: Import] = [:]
  /// Imports that could not be read, which was reported: nothing more is said of them.
  var failedImports: Set<String> = []
  /// The same of imports whose names could not be read.
  var hasUnknownImports = false
  var palettes: [String: YAMLEntry] = [:]
  var looks: [String: YAMLEntry] = [:]
  /// Pixel shaders; they share one namespace with the looks.
  var shaders: [String: YAMLEntry] = [:]
  var templates: [String: YAMLEntry] = [:]
  var eases: [String: DefinitionID] = [:]
  /// Palettes and imports that something looked up, by the place of their name.
  var used: Set<Span> = []
  /// `defaults:` for layers and segments, by key.
  var layerDefaults: [String: YAMLEntry] = [:]
  var segmentDefaults: [String: YAMLEntry] = [:]

  init(path: String, scope id: ScopeID) {
    self.path = path
    scope = Scope(id: id, module: self)
  }
}
