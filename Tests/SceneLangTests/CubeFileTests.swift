import Testing

@testable import SceneLang

/// Tables of colors: what is read of a .cube file, and which line is named where one is wrong.
@Suite struct CubeFileTests {
  private func read(_ text: String) -> Result<ColorLookup, CubeFile.Fault> {
    Result { () throws(CubeFile.Fault) in try CubeFile.read(Array(text.utf8)) }
  }

  @Test func curvesAndLatticesAreRead() throws {
    let curves = try read("\u{FEFF}# a\r\nTITLE \"t\"\r\nLUT_1D_SIZE 2\r\n0 .5 1\r\n  1e0\t+1.0 -2 \r\n").get()
    #expect(curves == ColorLookup(.curves, size: 2, entries: [0, 0.5, 1, 1, 1, -2]))
    let corners = (0..<8).map { "\($0 & 1) \($0 >> 1 & 1) \($0 >> 2)" }.joined(separator: "\n")
    let lattice = try read("DOMAIN_MAX 1 2 4\nLUT_3D_SIZE 2\nDOMAIN_MIN -1 0 0.5\n\(corners)").get()
    #expect(lattice.form == .lattice && lattice.size == 2 && lattice.low == [-1, 0, 0.5] && lattice.high == [1, 2, 4])
    #expect(lattice.entries[3..<6] == [1, 0, 0] && lattice.entries[12..<15] == [0, 0, 1])
    let ranged = try read("LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0.1 0.9\n0 0 0\n1 1 1\n").get()
    #expect(ranged.low == [0.1, 0.1, 0.1] && ranged.high == [0.9, 0.9, 0.9])
  }

  /// Whatever a table says is part of its hash, by which it is compared and cached.
  @Test func tablesAreToldApartByAllTheySay() {
    let tables = [
      ColorLookup(.curves, size: 8, entries: [Float](repeating: 0, count: 24)),
      ColorLookup(.lattice, size: 2, entries: [Float](repeating: 0, count: 24)),
      ColorLookup(.lattice, size: 2, entries: [Float](repeating: 0, count: 23) + [1]),
      ColorLookup(.lattice, size: 2, low: [0, 0, 0.1], entries: [Float](repeating: 0, count: 24)),
      ColorLookup(.lattice, size: 2, high: [1, 1, 0.9], entries: [Float](repeating: 0, count: 24)),
    ]
    #expect(Set(tables).count == tables.count && Set(tables.map(\.digest.high)).count == tables.count)
  }

  /// The text that the fault names, and what it says.
  @Test(arguments: [
    ("", "", "it has no line `LUT_3D_SIZE` or `LUT_1D_SIZE`"),
    ("# nothing\n", "#", "it has no line `LUT_3D_SIZE` or `LUT_1D_SIZE`"),
    ("LUT_1D_SIZE 3\n0 0 0\n1 1 1\n", "1", "it ends after 2 of 3 colours"),
    ("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 0 1\n", "1 0 1", "there are more than the 2 colours of the size"),
    ("LUT_1D_SIZE 2\n0 0 0\n1 nan 1\n", "nan", "expected a number, found `nan`"),
    ("LUT_1D_SIZE 2\n0 inf 0\n", "inf", "expected a number, found `inf`"),
    ("LUT_1D_SIZE 2\n0 0x1p2 0\n", "0x1p2", "expected a number, found `0x1p2`"),
    ("LUT_1D_SIZE 2\n0 1e9 0\n", "1e9", "expected a number, found `1e9`"),
    ("LUT_1D_SIZE 2\n0 0\n", "0 0", "expected 3 numbers, found 2"),
    ("LUT_1D_SIZE 2\n0 0 0 0\n", "0 0 0 0", "expected 3 numbers, found 4"),
    ("0 0 0\n", "0 0 0", "a colour stands before the line with the size"),
    ("LUT_3D_SIZE 1000000000000\n", "LUT_3D_SIZE 1000000000000", "the size is a whole number from 2 to 65"),
    ("LUT_3D_SIZE 66\n", "LUT_3D_SIZE 66", "the size is a whole number from 2 to 65"),
    ("LUT_3D_SIZE 1\n", "LUT_3D_SIZE 1", "the size is a whole number from 2 to 65"),
    ("LUT_3D_SIZE\n", "LUT_3D_SIZE", "the size is a whole number from 2 to 65"),
    ("LUT_1D_SIZE 65537\n", "LUT_1D_SIZE 65537", "the size is a whole number from 2 to 65536"),
    ("LUT_1D_SIZE 2\nLUT_1D_SIZE 2\n", "LUT_1D_SIZE 2", "the size is said twice"),
    ("LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n", "LUT_3D_SIZE 2", "a file with curves and a lattice is two tables"),
    ("LUT_1D_SIZE 2\n0 0 0\nTITLE x\n", "TITLE", "`TITLE` stands behind the first colour"),
    ("GIF89a\n", "GIF89a", "a .cube file has no keyword `GIF89a`"),
    (
      "DOMAIN_MIN 0 1 0\nLUT_1D_SIZE 2\n0 0 0\n1 1 1\n", "DOMAIN_MIN 0 1 0", "the range of the colours is empty"
    ),
  ])
  func theLineThatIsWrongIsNamed(_ text: String, _ place: String, _ message: String) throws {
    guard case .failure(let fault) = read(text) else {
      Issue.record("it was read")
      return
    }
    #expect(String(decoding: Array(text.utf8)[fault.place], as: UTF8.self) == place)
    #expect(fault.message == message)
  }

  /// Every cut and every changed byte of a file is read or refused; nothing traps.
  @Test func damagedFilesAreRefused() {
    let bytes = Array("LUT_3D_SIZE 2\nDOMAIN_MAX 1 1 1\n\(String(repeating: "0.5 0.25 1\n", count: 8))".utf8)
    for length in 0..<bytes.count - 2 {
      #expect(throws: CubeFile.Fault.self) { try CubeFile.read(Array(bytes[..<length])) }
    }
    for place in bytes.indices {
      for byte in [0, 0x0A, 0x20, 0x2D, 0x39, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[place] = byte
        if let table = try? CubeFile.read(changed) { #expect(table.entries.allSatisfy { $0.isFinite }) }
      }
    }
  }

  private func findings(_ file: String?, _ rest: String) -> Compilation {
    check(
      path: "scene.yaml", name: "scene", bytes: Array("ascii-scene: 1\n\(rest)\n".utf8), using: TestCatalog.catalog,
      importer: { _ in file.map { .success(Array($0.utf8)) } ?? .failure(ImportFailure(reason: "No such file")) })
  }

  @Test func aBadFileIsShownAtItsLineAndAtThatOfTheScene() {
    let scene =
      "inputs: {teal: {lut: teal.cube}, same: {lut: teal.cube}}\n"
      + "segments: [{duration: 1s, layers: [field: plasma], look: [lut: teal, lut: same]}]"
    let result = findings("LUT_1D_SIZE 2\n0 0 0\n1 no 1\n", scene)
    #expect(
      DiagnosticRenderer(sources: result.sources).render(result.diagnostics) == """
        error[bad_lut]: expected a number, found `no`
         --> teal.cube:3:3
        3 | 1 no 1
          |   ^^
         ::: scene.yaml:2:22
        2 | inputs: {teal: {lut: teal.cube}, same: {lut: teal.cube}}
          |                      --------- the scene reads it here\n
        """)
    let good = findings("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n", scene)
    #expect(good.diagnostics == [] && good.scene?.inputPaths == ["teal.cube"])
  }

  @Test func mistakesOfTheSceneAreFound() {
    func ids(_ inputs: String, _ use: String) -> [String] {
      let segments = "segments: [{duration: 1s, layers: [field: plasma], \(use)}]"
      return findings("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n", "inputs: {\(inputs)}\n\(segments)").diagnostics.map(\.id)
    }
    #expect(ids("a: {lut: a.cube}", "look: [lut: a]") == [])
    #expect(ids("a: {lut: a.png}", "look: [lut: a]") == ["unreadable_file"])
    #expect(ids("a: {lut: ../a.cube}", "look: [lut: a]") == ["path_outside"])
    #expect(ids("a: {lut: a.cube, fit: cover}", "look: [lut: a]") == ["unknown_key"])
    #expect(ids("a: {lut: a.cube}", "look: [lut: a.luma]") == ["unknown_name"])
    #expect(ids("a: {lut: a.cube}", "look: [lut: 0.5]") == ["wrong_type"])
    #expect(ids("a: {lut: a.cube}", "look: [lut]") == ["missing_argument"])
    #expect(ids("a: {lut: a.cube}", "look: [bloom: a]") == ["wrong_type"])
    #expect(findings(nil, "inputs: {a: {lut: a.cube}}\nsegments: []").diagnostics.map(\.id).contains("unreadable_file"))
    let many = (0..<33).map { "a\($0): {lut: a\($0).cube}" }.joined(separator: ", ")
    let uses = (0..<33).map { "lut: a\($0)" }.joined(separator: ", ")
    #expect(ids(many, "look: [\(uses)]") == ["too_many_imports"])
  }
}
