import KernelTable
import SceneLang

/// The level of the sound at a pitch (CATALOGUE I-3): 0…1 in shares of the loudest, log(1 + 1000 m) of the magnitude m.
public enum SpectrumLevel: FieldOp {
  public static let declaration = OpDeclaration(
    .field, "spectrum", "How loud the sound is at a pitch, in 0…1.",
    parameters: [
      ParameterDeclaration(
        "q", default: nil, in: 0...1, .pitch, rate: .cell,
        "Pitch: 0 is 20 Hz, 1 is 16 kHz, equal steps are equal intervals; or a frequency, such as 110Hz.")
    ], facts: Facts(hears: true),
    example: "spectrum(u)")

  public static let operation = FieldOperation.lookup
  public static let table: SoundTable? = .spectrum

  public static func value(_ arguments: [Double]) -> Double { SoundTables.silence.value(.spectrum, at: arguments[0]) }
}
