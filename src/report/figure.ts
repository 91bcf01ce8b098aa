/** The contract of the room: a figure is plotly's JSON as plain data, with a title and a text that stands in for it. */
import type { JsonObject } from '../json.js';

/** One series of marks, as plotly takes it; plain JSON, so that it can be kept, sent and compared. */
export interface Trace extends JsonObject {
  readonly type: 'scatter' | 'bar' | 'heatmap';
}

/**
 * A figure as data. Whoever shows it gives it to `Plotly.newPlot(element, data, layout, config)`: a page, a
 * notebook, the service. The title is not in the layout: it is text for the heading or caption beside the figure.
 */
export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: JsonObject;
  readonly config?: JsonObject;
  /** The finding as one sentence where it follows from the numbers, else what is shown. Plain text. */
  readonly title: string;
  /** What a reader who cannot see the figure should know, numbers included. Plain text. */
  readonly alt: string;
}
