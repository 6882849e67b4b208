import SceneLang

extension TextBlock.Lyrics {
  /// The number of the cue that is shown in the frame at `time` seconds: the last that has begun and not ended, both as the
  /// nearest frames have it; nil where none is.
  func cue(at time: Double, fps: FrameRate) -> Int? {
    // A frame begins or ends a cue that is nearest to it, halves up, as cuts do; a quarter of a frame absorbs rounding.
    let moment = time + 0.25 / fps.value
    func frame(_ seconds: Double) -> Double { (seconds * fps.value + 0.5).rounded(.down) / fps.value }
    return cues.lastIndex { frame($0.start) <= moment && moment < frame($0.end) }
  }
}
