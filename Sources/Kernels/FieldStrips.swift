import KernelTable

// The walk along a strip for one to five operands. Reading before writing in each turn makes in-place calls safe.

extension FieldOperand {
  /// The lanes that the operand stands at; then it walks on.
  @inline(__always) mutating func next() -> Lanes {
    let lanes = load(base)
    base += step
    return lanes
  }
}

@inline(__always) func strip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ count: Int, _ body: (Lanes) -> Lanes
) {
  var (a, i) = (a, 0)
  while i < count {
    store(body(a.next()), to: out + i)
    i &+= 16
  }
}

@inline(__always) func strip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ b: FieldOperand, _ count: Int,
  _ body: (Lanes, Lanes) -> Lanes
) {
  var (a, b, i) = (a, b, 0)
  while i < count {
    store(body(a.next(), b.next()), to: out + i)
    i &+= 16
  }
}

@inline(__always) func strip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ b: FieldOperand, _ c: FieldOperand, _ count: Int,
  _ body: (Lanes, Lanes, Lanes) -> Lanes
) {
  var (a, b, c, i) = (a, b, c, 0)
  while i < count {
    store(body(a.next(), b.next(), c.next()), to: out + i)
    i &+= 16
  }
}

@inline(__always) func strip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ b: FieldOperand, _ c: FieldOperand, _ d: FieldOperand,
  _ count: Int, _ body: (Lanes, Lanes, Lanes, Lanes) -> Lanes
) {
  var (a, b, c, d, i) = (a, b, c, d, 0)
  while i < count {
    store(body(a.next(), b.next(), c.next(), d.next()), to: out + i)
    i &+= 16
  }
}

@inline(__always) func strip(
  _ out: UnsafeMutablePointer<Float>, _ a: FieldOperand, _ b: FieldOperand, _ c: FieldOperand, _ d: FieldOperand,
  _ e: FieldOperand, _ count: Int, _ body: (Lanes, Lanes, Lanes, Lanes, Lanes) -> Lanes
) {
  var (a, b, c, d, e, i) = (a, b, c, d, e, 0)
  while i < count {
    store(body(a.next(), b.next(), c.next(), d.next(), e.next()), to: out + i)
    i &+= 16
  }
}
