/**
 * What the kernels of this room find in memory: numbers that both sides go by, and structures with the types of their
 * fields. Kernels import this file as AssemblyScript: a number as a constant, a structure as an unmanaged class of the
 * same name with a capital.
 */

/** A bin of a histogram: the sum of gradients; the sum of hessians above the count of rows; 64 bits each. */
export const binBytes = 16;
/** A histogram has 256 bins, and behind them room for the split that was found on its column. */
export const foundOffset = 4096;
export const histogramBytes = 4160;

/** Gains must exceed this share of the leaf's own score: what rounding can make of nothing. */
export const noise = 1e-12;

/** Rows that pass one tree after another: their slots, and the tree, stay in the nearest cache. */
export const blockRows = 64;
/** Trees of one row, or rows of one tree, that step down together: as many as hide the time of one load from memory. */
export const lanes = 4;
/** Trees whose masks are looked at together, 32 bits of each. */
export const treesAtOnce = 16;
/** A tree's leaves have room for so many values. */
export const mostLeaves = 32;

/** The losses on numbers. */
export const squaredLoss = 0;
export const absoluteLoss = 1;
export const quantileLoss = 2;
export const poissonLoss = 3;
export const tweedieLoss = 4;

/** The greatest magnitudes among gradients and hessians. */
export const greatest = { gradient: 'f64', hessian: 'f64' } as const;

/** The rows of a table: where what belongs to them stands. */
export const rowsPlace = {
  /** Doubles, one a row. */
  scores: 'usize',
  targets: 'usize',
  weights: 'usize',
  gradients: 'usize',
  hessians: 'usize',
  /** A pair (gradient, hessian) of 32-bit integers a row; and the same in the order of a leaf's rows. */
  pairs: 'usize',
  ordered: 'usize',
  /** Row numbers, parted by leaf as the tree grows; and room to part them. */
  rows: 'usize',
  scratch: 'usize',
  /** 256 bytes: 1 where a bin goes left. */
  sides: 'usize',
  /** How many units of a pair a gradient of 1 and a hessian of 1 make. */
  perGradient: 'f64',
  perHessian: 'f64',
  /** One of the losses on numbers, and what it is told. */
  parameter: 'f64',
  loss: 'i32',
} as const;

/** A leaf that a histogram is filled for, or a split looked for; sums are in whole units. */
export const leaf = {
  gradient: 'f64',
  hessian: 'f64',
  /** What a unit is worth. */
  gradientUnit: 'f64',
  hessianUnit: 'f64',
  /** Sum of hessians that each side must have; and what is added to it. */
  minHessian: 'f64',
  l2: 'f64',
  /** Its score, and the score that a split must exceed. */
  own: 'f64',
  least: 'f64',
  /** The bounds of values. */
  low: 'f64',
  high: 'f64',
  /** Row numbers; and pairs, in the order of these or of all rows. */
  rows: 'usize',
  rowsEnd: 'usize',
  pairs: 'usize',
  count: 'i32',
  /** Rows that each side must have. */
  minLeaf: 'i32',
  /** The low bits of a bin's second integer that hold the count of rows. */
  countBits: 'i32',
  /** 1 where of splits that gain the same the last is taken; 0 where the first is, in the middle of the places that part rows alike. */
  takesLast: 'i32',
} as const;

/** The split found on a column: the sums of its left side in whole units, the gain, the place. */
export const found = {
  gradient: 'f64',
  hessian: 'f64',
  /** 0 where no split gains anything, -1 where none is allowed, nor will be in any part of the leaf. */
  gain: 'f64',
  count: 'i32',
  /** Bin × 2, for categories -2; + 1 where missing values go left. */
  place: 'i32',
  /** 256 bits: for categories, 1 where a bin goes left. */
  sides: 'v128',
  moreSides: 'v128',
} as const;

/** Work on rows is cut into at most so many pieces. */
export const mostPieces = 8;
/** There is room for the steps of so many leaves; more are added in turns. */
export const mostSteps = 40;

/** What the threads that grow a tree do next; what the numbers mean depends on the kind. */
export const work = {
  kind: 'i32',
  rowsPerPiece: 'i32',
  /** Places among the rows. */
  from: 'i32',
  to: 'i32',
  /** By which rows are parted. */
  column: 'i32',
  /** The steps to be added. */
  stepCount: 'i32',
  /** The share of residuals below a leaf's new value; and 1 where rows may differ in weight. */
  renewal: 'f64',
  isWeighted: 'i32',
  /** The histogram that is filled, and that of the sibling, -1 for none. */
  slot: 'i32',
  siblingSlot: 'i32',
  /** 1 where a split of the leaf is looked for; one of the sibling always is. */
  searchesOwn: 'i32',
} as const;

/** The rows of a leaf, and what is added to their scores. */
export const step = { value: 'f64', from: 'i32', to: 'i32' } as const;

/** A forest that grows tree by tree: where it finds what it needs. */
export const forest = {
  /** The nodes of a tree, behind each other, and how long one is. */
  nodes: 'usize',
  nodeBytes: 'usize',
  /** How many bytes of a node say which columns are closed; and where in it the categories stand that go left. */
  closedBytes: 'usize',
  sets: 'usize',
  /** The table of columns, and their numbers in the order in which they were drawn last. */
  columns: 'usize',
  order: 'usize',
  /** Room for the lists of columns to be searched now: in leaves of few rows, and in others. */
  fewList: 'usize',
  manyList: 'usize',
  random: 'usize',
  /** How often each row was drawn, in 16 bits. */
  counts: 'usize',
  /** What searches are told: a `leaf`. */
  leaf: 'usize',
  rowCount: 'i32',
  columnCount: 'i32',
  /** Columns tried at each split. */
  perSplit: 'i32',
  maxDepth: 'i32',
  /** 1 where targets are 0 or 1: a node of one kind is then known by its sums. */
  hasLabels: 'i32',
} as const;

/**
 * A node of a forest's tree. Behind it stand a bit for each column that no part of it can be split on and, where there
 * are categories, 256 bits for those that go left.
 */
export const forestNode = {
  gradient: 'f64',
  hessian: 'f64',
  /** The addresses of its first row and of the one after its last. */
  from: 'usize',
  to: 'usize',
  depth: 'i32',
  /** The column it is split on; -1 for none. */
  column: 'i32',
  /** As a search leaves it. */
  place: 'i32',
  /** Its left child, 0 for none; the right one follows. */
  left: 'usize',
  /** The next node still to be parted. */
  next: 'usize',
  padding: 'i32',
  /** The sums of its left side. */
  leftGradient: 'f64',
  leftHessian: 'f64',
} as const;

/** A column of a forest's table: its bins of all rows, its histogram, the bin there for missing values, its kind. */
export const forestColumn = {
  bins: 'usize',
  histogram: 'usize',
  missing: 'usize',
  isCategory: 'i32',
} as const;

/** A column in a list of those to be searched: without the bin for missing values where it is not needed. */
export const listedColumn = { bins: 'usize', histogram: 'usize', missing: 'usize' } as const;

/** The state of `random.ts`. */
export const randomState = { a: 'u32', b: 'u32', c: 'u32', d: 'u32' } as const;

/** A node as a walk takes it. */
export const walkNode = {
  /** The slot that decides, × 4; and the rank above which it sends right. */
  slot: 'u16',
  rank: 'i16',
  /** How far the right child stands from the left one; for a leaf from itself, which is below 0. */
  jump: 'i32',
  /** The value of a leaf. In other nodes the low half is a mask: what is kept of the slot. */
  value: 'f64',
} as const;

/** Leaf masks and the block of rows that is added up. */
export const masks = {
  /** The list of each row: the address of a vector for each column. */
  lists: 'usize',
  listBytes: 'usize',
  /** The bytes of a vector. */
  vectorBytes: 'usize',
  /** The values of all leaves. */
  values: 'usize',
  sums: 'usize',
} as const;

/** A column of numbers whose ranks are looked for: a block of its numbers, its thresholds, and how many these are. */
export const ranked = {
  numbers: 'usize',
  thresholds: 'usize',
  thresholdCount: 'i32',
  /** The vector of the lowest rank, and where the address of the first row's vector goes. */
  firstVector: 'usize',
  entries: 'usize',
} as const;
