/// The candidate an author most likely meant by a misspelt name, or nil if none is near.
///
/// Names are compared folded, by the Damerau-Levenshtein distance (optimal string alignment: insert, delete, replace,
/// swap neighbours). A name of up to 3 letters may be 1 off, of up to 6 letters 2, longer ones 3, and more than half of
/// it must stay. Ties go to a shared first letter, then to the alphabet. Source: Damerau, CACM 1964.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(Name.folded(name).unicodeScalars)
  let limit = min(wanted.count <= 3 ? 1 : wanted.count <= 6 ? 2 : 3, wanted.count / 2)
  var best: (distance: Int, otherInitial: Int, name: String)?
  for candidate in candidates {
    let folded = Array(Name.folded(candidate).unicodeScalars)
    guard abs(folded.count - wanted.count) <= limit else { continue }
    let distance = alignmentDistance(wanted, folded)
    guard distance <= limit else { continue }
    let found = (distance, folded.first == wanted.first ? 0 : 1, candidate)
    if let current = best, current <= found { continue }
    best = found
  }
  return best?.name
}

/// The optimal string alignment distance, with three rows of memory.
private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, beforeLast[j - 1] + 1) }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
