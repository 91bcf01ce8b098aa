/** How an audit looks at outcomes that are classes: each class against the others. */
import { percent } from '../percent.js';
import type { Contrast, Response, TargetAspects } from './aspects.js';
import { aucStrength } from './strength-measures.js';

/** A class that is compared with the rest, and what rows outside of it are called. */
export interface ComparedClass {
  readonly code: number;
  readonly names: readonly [not: string, is: string];
}

/** The aspects of rows of `count` classes, each of those `compared` against the others. */
export function classAspects(
  classes: ArrayLike<number>,
  { count, compared }: { count: number; compared: readonly ComparedClass[] },
): TargetAspects {
  const codes = Int32Array.from(classes);
  const rows = new Uint32Array(count);
  for (const code of codes) rows[code]!++;
  const views = compared
    .filter(({ code }) => compared.length === 1 || rows[code]! > 0)
    .map(({ code, names }) => ({ names, holds: Uint8Array.from(codes, (other) => Number(other === code)) }));
  return {
    outcomes: { codes, rows, areClasses: true },
    contrasts: views.map(({ names, holds }): Contrast => {
      return { names, holds, count: holds.reduce((sum, bit) => sum + bit, 0) };
    }),
    responses: views.map(({ names, holds }): Response => {
      const values = Float64Array.from(holds);
      return { words: `the share of ${names[1]}`, values, ranks: values, format: percent };
    }),
    measure: aucStrength,
  };
}
