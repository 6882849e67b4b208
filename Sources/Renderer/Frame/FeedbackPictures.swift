import Synchronization

/// The pictures that the latest frames of a segment feed back, for one renderer or for several that render its frames at
/// once: a frame is begun after the one before it, and waits for each row that it reads of that.
final class FeedbackPictures: Sendable {
  /// A picture in the making.
  ///
  /// SAFETY: it is written by the one renderer that has begun its frame, rows ascending, and its rows are read by others
  /// once `publish` has told of them under the monitor's lock.
  private struct Entry: @unchecked Sendable {
    let picture: DeepPicture
    /// Rows that are whole.
    var rows = 0
  }

  private struct State {
    var frames: [Int: Entry] = [:]
    var spare: [Entry] = []
    /// The frame that was begun last.
    var latest: Int?
    /// Frames that somebody renders, or has rendered, one after the other.
    var relay: ClosedRange<Int>?
  }

  private let width: Int
  private let height: Int
  private let state = Monitor(State())

  init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

  /// Says, in order, which frame is rendered next by whoever is free.
  func announce(_ frame: Int) {
    state.change { state in
      if let relay = state.relay, relay.upperBound + 1 == frame {
        state.relay = relay.lowerBound...frame
      } else {
        state.relay = frame...frame
      }
    }
  }

  /// The frames that a renderer must begin, and draw, before `frame`.
  func missing(before frame: Int) -> Range<Int> {
    state.change { state in
      // Somebody else does.
      if let relay = state.relay, relay.contains(frame - 1), relay.contains(frame) { return frame..<frame }
      guard let last = state.latest, last <= frame else { return 0..<frame }
      return min(last + 1, frame)..<frame
    }
  }

  /// Begins a frame, after the one before it: the picture of that, to be read row by row as they come, and the one to
  /// write. Nothing comes before frame 0.
  func begin(_ frame: Int) -> (previous: DeepPicture?, current: DeepPicture) {
    let before: Entry? = frame == 0 ? nil : state.wait { $0.frames[frame - 1] }
    let own = state.change { state in
      // The same frame again, or one long before: what came after is worth nothing.
      for (number, entry) in state.frames where number >= frame || (number < frame - 1 && isRead(number, state)) {
        state.spare.append(entry)
        state.frames[number] = nil
      }
      let picture = state.spare.popLast()?.picture ?? DeepPicture(width: width, height: height)
      let own = Entry(picture: picture)
      state.frames[frame] = own
      state.latest = frame
      return own
    }
    return (before?.picture, own.picture)
  }

  /// Tells that the rows before `row` of a frame are whole.
  func publish(rowsBefore row: Int, of frame: Int) { state.change { $0.frames[frame]?.rows = row } }

  /// Waits until the rows before `row` of a frame are whole; gives how many are.
  func wait(forRowsBefore row: Int, of frame: Int) -> Int {
    state.wait { state in
      guard let rows = state.frames[frame]?.rows else { preconditionFailure("frame \(frame) is not kept") }
      return rows >= row ? rows : nil
    }
  }

  /// Whether the frame after one, its only reader, is whole.
  private func isRead(_ frame: Int, _ state: State) -> Bool { (state.frames[frame + 1]?.rows ?? height) == height }
}

/// The fed-back pictures of the segments that renderers of one clip are in.
final class SharedFeedback: Sendable {
  private let segments = Mutex<[Int: FeedbackPictures]>([:])

  func pictures(of segment: Int, width: Int, height: Int) -> FeedbackPictures {
    segments.withLock { segments in
      let pictures = segments[segment] ?? FeedbackPictures(width: width, height: height)
      segments[segment] = pictures
      return pictures
    }
  }

  /// Forgets what no frame of the segments from `segment` on reads.
  func forget(before segment: Int) { segments.withLock { $0 = $0.filter { $0.key >= segment } } }
}
