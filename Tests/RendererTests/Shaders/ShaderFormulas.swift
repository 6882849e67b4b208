/// The formula of every shader of the catalogue, by name.
let shaderFormulas = colorFormulas.merging(placeFormulas) { first, _ in first }
  .merging(screenFormulas) { first, _ in first }.merging(randomFormulas) { first, _ in first }
  .merging(blurFormulas) { first, _ in first }
