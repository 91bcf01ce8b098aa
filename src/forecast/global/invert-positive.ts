/** The inverse of a small symmetric matrix, by Gauss and Jordan; without a search for pivots, which positive ones do not need. */

/** Turns `matrix` (size × size, row-major, positive definite) into its inverse, in its place. */
export function invertPositive(matrix: Float64Array, size: number): Float64Array {
  for (let k = 0; k < size; k++) {
    const pivot = 1 / matrix[k * size + k]!;
    matrix[k * size + k] = 1;
    for (let j = 0; j < size; j++) matrix[k * size + j]! *= pivot;
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const share = matrix[i * size + k]!;
      matrix[i * size + k] = 0;
      for (let j = 0; j < size; j++) matrix[i * size + j]! -= share * matrix[k * size + j]!;
    }
  }
  return matrix;
}
