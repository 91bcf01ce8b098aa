/** Solves symmetric positive definite systems by Cholesky's factorisation. */

/**
 * The factor L of A = L·Lᵀ, from and into the lower triangle of row-major `matrix` (n × n, changed in place).
 * False where A is not positive definite beyond rounding; the array is then spoiled.
 */
export function factorise(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    const diagonal = matrix[rowI + i]!;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      let sum = matrix[rowI + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k]! * matrix[rowJ + k]!;
      if (j < i) matrix[rowI + j] = sum / matrix[rowJ + j]!;
      else {
        // What is left of the diagonal when everything that other columns explain is gone.
        if (!(sum > 1e-13 * diagonal)) return false;
        matrix[rowI + i] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

/** The x of L·Lᵀ·x = right, for a factor made by `factorise`. */
export function solveFactorised(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * x[k]!;
    x[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / factor[i * n + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k]! -= factor[i * n + k]! * value;
  }
  return x;
}

/**
 * A factor of `matrix`, or where it is singular of the matrix with a little added to its diagonal: what comes out
 * is then still a direction of descent. Leaves `matrix` as it is.
 */
export function factorOf(matrix: Float64Array, n: number): Float64Array {
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-10 : ridge * 100) {
    const factor = matrix.slice();
    for (let i = 0; i < n; i++) factor[i * n + i]! += ridge * (factor[i * n + i]! || 1);
    if (factorise(factor, n)) return factor;
    if (ridge > 1e6) throw new Error('The matrix to factorise holds numbers that are not finite.');
  }
}
