/** What is known of forecasts, in Markdown: how they were judged, who led, and what they are not. */

import type { ForecastRace } from '../accuracy/forecast-race.js';
import { describeOrigins } from '../accuracy/rolling-origin.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import type { ForecastParts } from './forecast-artefact.js';
import type { ForecastStudy } from './forecast-study.js';
import type { LivedOrders } from './lived-orders.js';
import { ordersInWords } from './orders-section.js';
import type { ShortPast } from './short-pasts.js';

/** The card of a run. */
export function forecastCard(
  { title, question, orders }: ForecastStudy,
  {
    race,
    panel,
    parts,
    lived,
    short,
  }: {
    race: ForecastRace;
    panel: DeclaredPanel;
    parts: Omit<ForecastParts, 'card'>;
    lived: LivedOrders | undefined;
    short: readonly ShortPast[];
  },
): string {
  const { data, periods, why } = parts;
  const metrics = race.metrics.map(({ name }) => name);
  const [first] = race.rows;
  const rows = race.rows.map(
    ({ name, scores }) =>
      `| ${name} | ${metrics.map((metric) => scores[metric]!.value.toFixed(3)).join(' | ')} |`,
  );
  const segments = race
    .bySegment(first!.name)
    .filter(({ series }) => series > 0)
    .map(({ segment, series, value }) => `| ${segment} | ${series} | ${value.toFixed(3)} |`);
  return `# ${title}

${question}

${data.simulated ? '**SIMULATED**: the sales were made by a generator and describe no shop.\n\n' : ''}Forecasts of ${panel.schema.target.name} for ${parts.keys.length} series from ${periods[0]} to ${periods.at(-1)}, made when ${panel.schema.moment}. ${why}.

## How they were judged

${capital(describeOrigins(race.protocol))}. Every score stands on periods that no candidate had seen.

| candidate | ${metrics.join(' | ')} |
|---|${metrics.map(() => '---:').join('|')}|
${rows.join('\n')}

${race.failures.map(({ why: reason }) => `- ${reason}\n`).join('')}
## Where it does well and where it does not

${metrics[0]} of ${first!.name}, by how the series sell:

| series that are | how many | ${metrics[0]} |
|---|---:|---:|
${segments.join('\n')}

${orders ? `## How stock is ordered\n\nBy ${orders.name}, over ${parts.count} ways in which the next ${periods.length} periods may go. Where an article was out of stock, what was sold is not what was asked for, and is not learned as such.\n` : ''}
${lived ? `${ordersInWords(lived)}\n` : ''}${short.length > 0 ? `## Series of which too little is known\n\n${short.map((one) => `- ${shortPastText(one, parts.keys)}`).join('\n')}\n\n` : ''}## What to keep in mind

Forecasts say what was usual. A price that changes, a new competitor or an article that is new are not in them. Data: ${data.name}, ${data.rows} values, SHA-256 ${data.sha256.slice(0, 16)}….
`;
}

/** "3 series have no known value (…). Their forecast says nothing until one is known." */
export function shortPastText(
  { what, instead, series }: ShortPast,
  keys: readonly (readonly string[])[],
): string {
  const named = series.slice(0, 5).map((place) => keys[place]!.join(' '));
  const more = series.length > named.length ? `, and ${series.length - named.length} more` : '';
  return `${series.length} series ${series.length === 1 ? 'has' : 'have'} ${what} (${named.join(', ')}${more}). ${instead}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
