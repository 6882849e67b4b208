import SceneLang

/// A sound to look at: the waveform with its beats, the spectrum, and the six bands, sections across all of them.
public enum SoundPicture {
  private static let width = 1600
  private static let waveHeight = 160
  private static let spectrumHeight = 4 * SoundAnalysis.spectrumCount
  private static let bandHeight = 40
  private static let gap = 8
  private static let bands: [(feature: Feature, color: RGB)] = [
    (.sub, RGB(255, 84, 84)), (.bass, RGB(255, 158, 66)), (.lomid, RGB(240, 220, 80)), (.mid, RGB(110, 214, 110)),
    (.himid, RGB(90, 170, 255)), (.hi, RGB(190, 130, 255)),
  ]

  /// 1600 pixels wide, whatever the length of the sound.
  public static func draw(_ sound: SoundAnalysis) -> Picture {
    let height = waveHeight + spectrumHeight + bands.count * (bandHeight + gap) + 2 * gap
    let picture = Picture(width: width, height: height)
    for x in 0..<width {
      let span = sound.duration * Double(x) / Double(width)..<sound.duration * Double(x + 1) / Double(width)
      drawWave(sound, span, x, picture)
      drawSpectrum(sound, span, x, picture)
      drawBands(sound, span, x, picture)
    }
    let beats = sound.beats
    for (index, time) in beats.times.enumerated() {
      let isDownbeat = index >= beats.firstDownbeat && (index - beats.firstDownbeat).isMultiple(of: beats.beatsPerBar)
      let rows = isDownbeat ? 0..<waveHeight : waveHeight - waveHeight / 5..<waveHeight
      line(time, sound, rows, isDownbeat ? RGB(255, 255, 255) : RGB(150, 150, 150), picture)
    }
    for time in sound.sections { line(time, sound, 0..<height, RGB(255, 70, 160), picture) }
    for time in sound.drops { line(time, sound, 0..<waveHeight, RGB(255, 170, 0), picture) }
    return picture
  }

  private static func drawWave(_ sound: SoundAnalysis, _ span: Range<Double>, _ x: Int, _ picture: Picture) {
    let first = Int(span.lowerBound * sound.waveRate)
    let samples = sound.wave[
      min(first, sound.wave.count)..<min(max(Int(span.upperBound * sound.waveRate), first + 1), sound.wave.count)]
    guard let low = samples.min(), let high = samples.max() else { return }
    let middle = waveHeight / 2
    let (top, bottom) = (middle - Int(high) * (middle - 1) / 127, middle - Int(low) * (middle - 1) / 127)
    for y in min(top, bottom)...max(top, bottom) { put(RGB(70, 150, 190), x, y, picture) }
  }

  private static func drawSpectrum(_ sound: SoundAnalysis, _ span: Range<Double>, _ x: Int, _ picture: Picture) {
    guard !sound.spectrum.isEmpty else { return }
    let frame = min(Int((span.lowerBound + span.upperBound) / 2 * sound.rate), sound.frameCount - 1)
    for y in 0..<spectrumHeight {
      let band = SoundAnalysis.spectrumCount - 1 - y * SoundAnalysis.spectrumCount / spectrumHeight
      let level = Int(sound.spectrum[frame * SoundAnalysis.spectrumCount + band])
      // Black, violet, orange, white.
      let red = min(255, level * 5 / 4)
      let color = RGB(
        UInt8(red), UInt8(max(0, level - 90) * 255 / 165), UInt8(level < 110 ? level : max(60, 220 - level)))
      put(color, x, waveHeight + gap + y, picture)
    }
  }

  private static func drawBands(_ sound: SoundAnalysis, _ span: Range<Double>, _ x: Int, _ picture: Picture) {
    let levels = sound.levels(at: (span.lowerBound + span.upperBound) / 2)
    for (row, band) in bands.enumerated() {
      let bottom = waveHeight + spectrumHeight + 2 * gap + (row + 1) * (bandHeight + gap) - gap
      let place = Feature.levels.firstIndex(of: band.feature)!
      for y in 0..<max(1, Int(levels[place] * Double(bandHeight))) { put(band.color, x, bottom - 1 - y, picture) }
    }
  }

  private static func line(
    _ time: Double, _ sound: SoundAnalysis, _ rows: Range<Int>, _ color: RGB, _ picture: Picture
  ) {
    let x = min(max(Int(time / sound.duration * Double(width)), 0), width - 1)
    for y in rows { put(color, x, y, picture) }
  }

  private static func put(_ color: RGB, _ x: Int, _ y: Int, _ picture: Picture) {
    picture.row(y, plane: 0)[x] = color.red
    picture.row(y, plane: 1)[x] = color.green
    picture.row(y, plane: 2)[x] = color.blue
  }
}
