/** Writes the report of a study as one page that opens from disk, without a network. */
import type { Changes } from '../study/changes.js';
import type { StudyReport } from '../study/study-report.js';
import { placeFigure } from './figure-html.js';
import { everyFigure, type PlaceFigure } from './figures/every-figure.js';
import { type Html, html, trustedHtml } from './html.js';
import type { KeptAs } from './kept-as.js';
import { PAGE_STYLE } from './page-style.js';
import { SIMULATED } from './phrases.js';
import { DRAW, plotlyLoader } from './plotly-loader.js';
import { ablationsSection } from './sections/ablations.js';
import { answerSection } from './sections/answer.js';
import { calibrationSection } from './sections/calibration.js';
import { changesSection } from './sections/changes.js';
import { custodySection } from './sections/custody.js';
import { dataSection } from './sections/data.js';
import { holdoutSection } from './sections/holdout.js';
import { leakageSection } from './sections/leakage.js';
import { policiesSection } from './sections/policies.js';
import { raceSection } from './sections/race.js';
import { schemaSection } from './sections/schema.js';

/**
 * The whole report as HTML. `plotlySource` is the text of plotly.js; it is packed into the page, which therefore
 * holds everything it needs (about 2.7 MB; see reports/decisions/0005-report-page.md). Equal reports give equal pages.
 */
export function reportPage(
  report: StudyReport,
  options: { plotlySource: string; changes?: Changes | undefined; kept?: KeptAs | undefined },
): string {
  const figures = everyFigure(report);
  const place: PlaceFigure = (name, options) => {
    const figure = figures.get(name);
    return figure ? placeFigure(figure, `figure-${name}`, options) : null;
  };
  const sections = (
    [
      ['holdout', 'The held-out rows', holdoutSection(report, place)],
      ['policies', 'Policies', policiesSection(report, place)],
      ['calibration', 'Calibration', calibrationSection(report, place)],
      ['race', 'The race', raceSection(report, place)],
      ['ablations', 'What helped', ablationsSection(report)],
      ['changes', 'What changed', changesSection(options.changes)],
      ['leakage', 'Leakage', leakageSection(report, place)],
      ['data', 'The data', dataSection(report, place)],
      ['schema', 'What is known when', schemaSection(report)],
      ['custody', 'Chain of custody', custodySection(report, options.kept)],
    ] satisfies [id: string, name: string, section: Html | null][]
  ).filter(([, , section]) => section !== null);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${report.data.simulated ? 'SIMULATED: ' : ''}${report.study.title}</title>
<style>${trustedHtml(PAGE_STYLE)}</style>
</head>
<body>
${report.data.simulated ? html`<p class="banner" role="note"><strong>SIMULATED</strong> ${SIMULATED}</p>` : null}
<header>
<p class="kicker">Study report, for predictions made when ${report.study.moment}</p>
<h1>${report.study.title}</h1>
</header>
<main>
${answerSection(report)}
<nav aria-label="Sections"><ul>${sections.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<p class="figures-note small">The figures need a current browser; this one could not draw them. What each shows stands in its place in words.</p>
<noscript><p class="small">The figures need scripts. What each shows stands in its place in words.</p></noscript>
${sections.map(([, , section]) => section)}
</main>
<footer>Made by ${report.program} from ${report.data.name}.</footer>
${plotlyLoader(options.plotlySource)}
<script>${trustedHtml(DRAW)}</script>
</body>
</html>
`.text;
}
