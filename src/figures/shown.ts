/** Makes a figure show itself where it is the last expression of a cell, or is given to `display`. */
import type { MimeBundle } from '../display.js';
import type { JsonObject } from '../json.js';
import type { Figure, Trace } from '../report/figure.js';
import { figureForms, figureText } from '../report/plot.js';
import { CONFIG, layout } from '../report/theme.js';
import { print } from '../table/print.js';

/** What all figures may be told. */
export interface FigureOptions {
  /** What is seen, as one sentence; by default it is made from the numbers. */
  title?: string;
}

/** A figure in the house's look; the two methods are hidden, so that the figure stays plain data. */
export function shown(figure: {
  readonly data: readonly Trace[];
  readonly layout: JsonObject & { readonly height: number };
  readonly title: string;
  readonly alt: string;
}): Figure {
  const whole: Figure = { ...figure, layout: layout(figure.layout), config: CONFIG };
  return Object.defineProperties(whole, {
    toMimeBundle: { value: (): MimeBundle => figureForms(whole) },
    [print]: { value: (): string => figureText(whole) },
  });
}
