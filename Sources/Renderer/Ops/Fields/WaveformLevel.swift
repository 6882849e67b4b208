import KernelTable
import SceneLang

/// The sound itself around the time of the frame: −1…1 of its peak over the whole sound.
public enum WaveformLevel: FieldOp {
  public static let declaration = OpDeclaration(
    .field, "waveform", "The swing of the sound around the time of the frame, in −1…1.",
    parameters: [
      ParameterDeclaration("q", default: nil, rate: .cell, "0…1 from earliest to latest, 46 ms in all.")
    ], facts: Facts(hears: true),
    example: "waveform(u)")

  public static let operation = FieldOperation.lookup
  public static let table: SoundTable? = .waveform

  public static func value(_ arguments: [Double]) -> Double { SoundTables.silence.value(.waveform, at: arguments[0]) }
}
