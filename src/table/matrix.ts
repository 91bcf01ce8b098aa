/** What a learner sees: columns of numbers or of category codes, without names. Features and models meet here. */

/** Numbers; NaN is missing, for the learners that can bear it. */
export interface NumberFeature {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Codes 0 … levels - 1; -1 is missing or never seen in training. */
export interface CategoryFeature {
  readonly kind: 'category';
  readonly codes: Int32Array;
  readonly levels: number;
}

export type Feature = NumberFeature | CategoryFeature;

/** What can be predicted: yes or no, a number, or one of several classes. */
export type TargetKind = 'yesNo' | 'number' | 'category';

/** 0 or 1 for each row. */
export type Labels = Uint8Array;

/** A finite number for each row. */
export type Numbers = Float64Array;

/** A class for each row, as its place in a list of classes. */
export type Classes = Int32Array;

/** What came true, row by row. The kind of array is the kind of target: labels are bytes, numbers doubles, classes integers. */
export type Targets = Labels | Numbers | Classes;

/** The kind of target that these are. */
export function kindOfTargets(targets: Targets): TargetKind {
  if (targets instanceof Uint8Array) return 'yesNo';
  return targets instanceof Float64Array ? 'number' : 'category';
}

/** `rowCount` rows × `columns.length` features, stored by column. */
export interface Matrix {
  readonly rowCount: number;
  readonly columns: readonly Feature[];
}

/** What a model remembers of the matrix it was fitted on: kind and number of levels, column by column. */
export type Shape = readonly (
  | { readonly kind: 'number' }
  | { readonly kind: 'category'; readonly levels: number }
)[];

/** The shape of a matrix. */
export function shapeOf(matrix: Matrix): Shape {
  return matrix.columns.map((column) =>
    column.kind === 'number' ? { kind: 'number' } : { kind: 'category', levels: column.levels },
  );
}

/** These rows of a matrix, in this order; a row may come twice. */
export function matrixRows(matrix: Matrix, indices: Uint32Array): Matrix {
  const columns = matrix.columns.map((column): Feature => {
    if (column.kind === 'number') {
      const values = new Float64Array(indices.length);
      for (let i = 0; i < indices.length; i++) values[i] = column.values[indices[i]!]!;
      return { kind: 'number', values };
    }
    const codes = new Int32Array(indices.length);
    for (let i = 0; i < indices.length; i++) codes[i] = column.codes[indices[i]!]!;
    return { kind: 'category', codes, levels: column.levels };
  });
  return { rowCount: indices.length, columns };
}
