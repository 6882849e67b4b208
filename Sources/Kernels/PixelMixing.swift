import KernelTable

// The loops that most pixels go through, a register of levels at a time, and what is left of a row byte by byte.
extension PixelLoops {
  @inline(never) static func multiply(_ out: MutableBytes, _ a: Bytes, _ b: Bytes, count: Int) {
    var i = 0
    while i &+ Levels.count <= count {
      dividedBy255(Levels(a, at: i) &* Levels(b, at: i)).store(to: out, at: i)
      i &+= Levels.count
    }
    for i in i..<count { out[i] = byte(dividedBy255(UInt16(a[i]) &* UInt16(b[i]))) }
  }

  @inline(never) static func interpolate(_ out: MutableBytes, from: Bytes, to: Bytes, alpha: Bytes, count: Int) {
    var i = 0
    while i &+ Levels.count <= count {
      let share = Levels(alpha, at: i)
      let sum = share.complement &* Levels(from, at: i) &+ share &* Levels(to, at: i)
      dividedBy255(sum).store(to: out, at: i)
      i &+= Levels.count
    }
    for i in i..<count { out[i] = mixed(UInt16(from[i]), UInt16(to[i]), UInt16(alpha[i])) }
  }

  /// (1 − α)·b + α·(b + s − b·s) is b + αs − b·αs: one product less than mixing.
  @inline(never) static func screen(_ out: MutableBytes, _ b: Bytes, _ s: Bytes, _ a: Bytes, _ count: Int) {
    var i = 0
    while i &+ Levels.count <= count {
      let light = dividedBy255(Levels(a, at: i) &* Levels(s, at: i))
      let darkness = dividedBy255(Levels(b, at: i).complement &* light.complement)
      darkness.complement.store(to: out, at: i)
      i &+= Levels.count
    }
    for i in i..<count {
      let light = dividedBy255(UInt16(a[i]) &* UInt16(s[i]))
      out[i] = byte(255 &- dividedBy255((255 &- UInt16(b[i])) &* (255 &- light)))
    }
  }
}
