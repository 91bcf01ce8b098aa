/** The style of the report's page: for a screen of any width and for A4 paper. */
import { COLOUR, FONT } from './theme.js';

export const PAGE_STYLE: string = `
:root { color-scheme: light; --ink: ${COLOUR.ink}; --muted: ${COLOUR.muted}; --rule: ${COLOUR.rule}; --grid: ${COLOUR.grid};
  --band: ${COLOUR.band}; --blue: ${COLOUR.blue}; --orange: ${COLOUR.orange}; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; color: var(--ink); background: #fff; font: 1.0625rem/1.6 ${FONT}; font-variant-numeric: tabular-nums; }
main, header, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.8rem, 5vw, 2.5rem); letter-spacing: -0.02em; max-width: 24em; }
h2 { font-size: 1.5rem; letter-spacing: -0.01em; margin-bottom: 0.75rem; }
h3 { font-size: 1.0625rem; margin: 2rem 0 0.5rem; }
p, ul, ol, dl { margin: 0 0 1rem; max-width: 42rem; text-wrap: pretty; }
a { color: var(--blue); text-underline-offset: 0.15em; }
section { padding-top: 1.125rem; margin-top: 1.25rem; border-top: 1px solid var(--rule); }
.kicker { color: var(--muted); font-size: 0.9375rem; margin-bottom: 0.5rem; }
.question { font-size: 1.25rem; line-height: 1.45; margin-top: 1rem; }
.muted, .small { color: var(--muted); }
.small { font-size: 0.9375rem; }
.banner { max-width: none; margin: 0; padding: 0.75rem 1.25rem; background: #7a2e00; color: #fff; text-align: center; }
.banner strong { letter-spacing: 0.08em; }
.answer { border-top: 0; margin-top: 1rem; padding-top: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; max-width: none; margin: 1.5rem 1px; }
.tiles > div { box-shadow: 0 0 0 1px var(--rule); padding: 1rem 1.125rem; display: flex; flex-direction: column; }
.tiles dt { color: var(--muted); font-size: 0.9375rem; line-height: 1.35; }
.tiles dd { margin: 0; }
.tiles .big { font-size: 2rem; line-height: 1.25; font-weight: 600; letter-spacing: -0.02em; }
.tiles .led { color: var(--blue); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; margin: 1.5rem 0 0; max-width: none;
  font-size: 0.9375rem; }
nav a { display: inline-block; padding: 0.25rem 0; }
figure { margin: 1.25rem 0; min-width: 0; }
figcaption { font-weight: 600; line-height: 1.35; margin-bottom: 0.75rem; max-width: 42rem; text-wrap: pretty; }
.figure { width: 100%; min-width: 0; }
.figure > p { color: var(--muted); font-size: 0.9375rem; }
.figures-note { display: none; }
.figures-failed .figures-note { display: block; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2.5rem; }
.pair figcaption { min-height: 2.7em; }
.scroll { overflow-x: auto; margin: 1.25rem 0; max-width: 100%;
  background: linear-gradient(to right, #fff 30%, transparent) left / 2.5rem 100% no-repeat local,
    linear-gradient(to left, #fff 30%, transparent) right / 2.5rem 100% no-repeat local,
    linear-gradient(to right, rgb(28 32 36 / 0.22), transparent) left / 0.9rem 100% no-repeat scroll,
    linear-gradient(to left, rgb(28 32 36 / 0.22), transparent) right / 0.9rem 100% no-repeat scroll; }
details { margin: 0.75rem 0; }
summary { cursor: pointer; color: var(--blue); padding: 0.35rem 0; max-width: 42rem; }
summary:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.scroll:focus-visible, a:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9375rem; line-height: 1.4; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem; }
caption span { display: block; position: sticky; left: 0; width: max-content; max-width: min(42rem, calc(100vw - 2.5rem)); }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 0.9rem 0.45rem 0; border-bottom: 1px solid var(--grid); font-weight: 400; }
thead th { color: var(--muted); border-bottom-color: var(--rule); vertical-align: bottom; white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
.words { min-width: 16rem; }
tbody th { min-width: 7rem; }
table code { white-space: nowrap; }
table .words code { white-space: normal; }
.square { max-width: 34rem; }
tr.chosen th, tr.chosen td { font-weight: 600; }
.tag { display: inline-block; font-size: 0.8125rem; line-height: 1; padding: 0.25em 0.5em; border: 1px solid currentColor; border-radius: 3px;
  font-weight: 400; white-space: nowrap; }
.tag.leak { color: #fff; background: var(--orange); border-color: var(--orange); }
.tag.suspect { color: var(--orange); }
.tag.note { color: var(--muted); }
.findings { list-style: none; padding: 0; max-width: 48rem; }
.findings li { padding: 0.8rem 0; border-bottom: 1px solid var(--grid); }
.findings p { margin: 0.3rem 0 0; max-width: none; }
code { font: 0.9em ui-monospace, "SFMono-Regular", "Cascadia Mono", "Liberation Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr); gap: 0.35rem 1.5rem; max-width: 48rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; }
footer { color: var(--muted); font-size: 0.9375rem; padding-top: 2rem; padding-bottom: 3rem; }
@media (max-width: 45rem) {
  body { font-size: 1rem; }
  header { padding-top: 1.75rem; }
  .pair { grid-template-columns: minmax(0, 1fr); }
  .pair figcaption { min-height: 0; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts dd { margin-bottom: 0.6rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@page { size: A4; margin: 16mm 15mm; }
@media print {
  body { font-size: 10pt; line-height: 1.45; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  header { padding-top: 0; }
  nav, .figures-note { display: none; }
  details::details-content { display: block; content-visibility: visible; }
  summary { color: inherit; font-weight: 600; list-style: none; break-after: avoid; }
  .scroll { background: none; }
  h1 { font-size: 22pt; } h2 { font-size: 15pt; } h3 { font-size: 11pt; }
  .question { font-size: 12pt; }
  table, .small, .kicker, .findings, .tiles dt { font-size: 8.5pt; }
  section { margin-top: 1.25rem; padding-top: 1rem; }
  h2, h3, figcaption, caption { break-after: avoid; }
  figure, tr, .scroll, .tiles, .findings li { break-inside: avoid; }
  figure { margin: 1rem 0; }
  .pair { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 1.5rem; break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .words, tbody th { min-width: 0; }
  caption span { position: static; max-width: none; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .banner, .tag.leak { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
`;
