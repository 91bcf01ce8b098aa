/** What was tried: what helped and what did not. */
import type { StudyReport } from '../../study/study-report.js';
import { type Html, html } from '../html.js';
import { asSentence } from '../phrases.js';

export function lessonsSection({ lessons }: StudyReport): Html | null {
  if (lessons.length === 0) return null;
  return html`<section id="lessons"><h2>What helped and what did not</h2>
<ul class="lessons">${lessons.map((lesson) => html`<li>${asSentence(lesson)}</li>`)}</ul>
</section>`;
}
