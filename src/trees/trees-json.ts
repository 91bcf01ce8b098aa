/** Trees as JSON that a person can read and nobody has to trust. */
import type { Json, JsonReader } from '../json.js';
import type { Shape } from '../table/matrix.js';
import { type NewNode, type Trees, TreesBuilder, treeCount } from './trees.js';

/**
 * `forms`: a text for each tree, its nodes in pre-order, `n` split on a number, `c` on a category, `.` a leaf (so no
 * index can point anywhere wrong). The other lists follow the same order: `columns` and `missing` ("l" or "r") for
 * each split, `thresholds` for numbers, `sets` (the codes that go left) for categories, `values` and `rows` for leaves.
 */
export function treesToJson(trees: Trees): Json {
  const forms: string[] = [];
  const columns: number[] = [];
  const thresholds: number[] = [];
  const sets: number[][] = [];
  const values: number[] = [];
  const rows: number[] = [];
  let missing = '';
  for (let tree = 0; tree < treeCount(trees); tree++) {
    let form = '';
    for (let node = trees.roots[tree]!; node < trees.roots[tree + 1]!; node++) {
      const column = trees.column[node]!;
      if (column < 0) {
        form += '.';
        values.push(trees.threshold[node]!);
        rows.push(trees.rows[node]!);
        continue;
      }
      columns.push(column);
      missing += trees.missingLeft[node] === 1 ? 'l' : 'r';
      const shape = trees.shape[column]!;
      form += shape.kind === 'number' ? 'n' : 'c';
      if (shape.kind === 'number') thresholds.push(trees.threshold[node]!);
      else sets.push(codesOf(trees, node, shape.levels));
    }
    forms.push(form);
  }
  return { forms, columns, missing, thresholds, sets, values, rows };
}

/** Reads what `treesToJson` wrote, checking everything. Throws `artefact-structure`. */
export function treesFromJson(json: JsonReader, shape: Shape): Trees {
  const forms = json.field('forms').items();
  const columns = json.field('columns');
  const columnOf = columns.integers({ min: 0, max: shape.length - 1 });
  const missing = json.field('missing').string();
  if (missing.length !== columnOf.length || /[^lr]/.test(missing))
    json.field('missing').fail(`${columnOf.length} letters "l" or "r"`);
  const thresholds = json.field('thresholds').numbers();
  const sets = json.field('sets').items();
  const values = json.field('values').numbers();
  const rows = json.field('rows').integers({ length: values.length, min: 1 });
  const used = { splits: 0, numbers: 0, sets: 0, leaves: 0 };
  const builder = new TreesBuilder(shape);

  const split = (form: JsonReader, letter: string): NewNode => {
    if (used.splits >= columnOf.length) columns.fail('a column for every split');
    const column = columnOf[used.splits]!;
    const missingLeft = missing[used.splits++] === 'l';
    const kind = shape[column]!;
    if ((kind.kind === 'number') !== (letter === 'n')) form.fail(`splits of the kind of their columns`);
    if (kind.kind === 'number') {
      if (used.numbers >= thresholds.length) json.field('thresholds').fail('one for every split on a number');
      return { kind: 'number', column, threshold: thresholds[used.numbers++]!, missingLeft };
    }
    const set = sets[used.sets++] ?? json.field('sets').fail('one for every split on a category');
    return { kind: 'category', column, codes: set.integers({ min: 0, max: kind.levels - 1 }), missingLeft };
  };

  for (const form of forms) {
    const text = form.string();
    for (let i = 0; i < text.length; i++) {
      if (i > 0 && builder.done) form.fail('one whole tree');
      const letter = text[i]!;
      if (letter === 'n' || letter === 'c') builder.add(split(form, letter));
      else if (letter === '.') {
        if (used.leaves >= values.length) json.field('values').fail('one for every leaf');
        builder.add({ kind: 'leaf', value: values[used.leaves]!, rows: rows[used.leaves++]! });
      } else form.fail('the letters "n", "c" and "."');
    }
    if (!builder.done || text === '') form.fail('one whole tree');
  }
  if (used.splits < columnOf.length) columns.fail(`${used.splits} columns, one for every split`);
  if (used.numbers < thresholds.length) json.field('thresholds').fail(`${used.numbers} of them`);
  if (used.sets < sets.length) json.field('sets').fail(`${used.sets} of them`);
  if (used.leaves < values.length) json.field('values').fail(`${used.leaves} of them`);
  return builder.build();
}

function codesOf(trees: Trees, node: number, levels: number): number[] {
  const out: number[] = [];
  const start = trees.set[node]!;
  for (let code = 0; code < levels; code++)
    if ((trees.sets[start + (code >>> 5)]! >>> (code & 31)) & 1) out.push(code);
  return out;
}
