// The fused operations: what they replace, in the same order. Named functions, because `@inline(__always)` cannot stand on
// a closure, and a body that is not inlined into its loop costs a call per vector.

@inline(__always) func clamp(_ x: Lanes, _ low: Lanes, _ high: Lanes) -> Lanes { minimum(maximum(x, low), high) }
@inline(__always) func mix(_ a: Lanes, _ b: Lanes, _ share: Lanes) -> Lanes { a + (b - a) * share }
@inline(__always) func smoothCurve(_ t: Lanes) -> Lanes { (t * t) * (3 - 2 * t) }
@inline(__always) func select(_ condition: Lanes, _ then: Lanes, _ otherwise: Lanes) -> Lanes {
  otherwise.replacing(with: then, where: condition .!= 0)
}

@inline(__always) func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { a * b + c }
@inline(__always) func sumOfProducts(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> Lanes { a * b + c * d }
@inline(__always) func sumOfProductsAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes) -> Lanes {
  (a * b + c * d) + e
}

@inline(__always) func sinOfMultiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { sine(multiplyAdd(a, b, c)) }
@inline(__always) func sinOfSumOfProducts(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> Lanes {
  sine(sumOfProducts(a, b, c, d))
}
@inline(__always) func sinOfSumOfProductsAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes) -> Lanes {
  sine(sumOfProductsAdd(a, b, c, d, e))
}
@inline(__always) func cosOfMultiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes { cosine(multiplyAdd(a, b, c)) }
@inline(__always) func cosOfSumOfProducts(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> Lanes {
  cosine(sumOfProducts(a, b, c, d))
}
@inline(__always) func cosOfSumOfProductsAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ e: Lanes) -> Lanes {
  cosine(sumOfProductsAdd(a, b, c, d, e))
}
