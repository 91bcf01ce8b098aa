/** What the service's pages need beyond the report's style: the form, the answer, the bars of the reasons. */

export const SERVICE_STYLE: string = `
.ask { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem 3rem; align-items: start; }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1.1rem 1.25rem; align-items: end; }
form > p { grid-column: 1 / -1; margin: 0; }
.field { display: flex; flex-direction: column; min-width: 0; }
.field label { font-weight: 600; line-height: 1.3; }
.field small { color: var(--muted); font-size: 0.875rem; line-height: 1.35; }
.field input, .field select { font: inherit; color: inherit; background: #fff; width: 100%; min-height: 2.75rem; margin-top: 0.3rem;
  padding: 0.35rem 0.6rem; border: 1px solid #767f8c; border-radius: 4px; }
.field [aria-invalid="true"] { border-color: #b3261e; box-shadow: 0 0 0 1px #b3261e; }
.field .error { color: #b3261e; font-size: 0.875rem; line-height: 1.35; margin-top: 0.25rem; }
input:focus-visible, select:focus-visible, button:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--blue); outline-offset: 1px; }
button { font: inherit; font-weight: 600; color: #fff; background: var(--blue); border: 0; border-radius: 4px; min-height: 2.75rem; padding: 0.4rem 1.25rem; cursor: pointer; }
#result { position: sticky; top: 1rem; border: 1px solid var(--rule); padding: 1.25rem 1.35rem; border-radius: 6px; background: #fff; }
#result h2 { font-size: 1.0625rem; margin: 0; }
#probability { font-size: 3rem; line-height: 1.15; font-weight: 600; letter-spacing: -0.03em; margin: 0; }
#decision { font-weight: 600; margin: 0 0 0.75rem; }
.meter { position: relative; height: 0.7rem; background: var(--band); border-radius: 2px; margin: 0.35rem 0 1.6rem; }
.meter svg { display: block; width: 100%; height: 100%; overflow: visible; }
.meter span { position: absolute; top: 0.95rem; font-size: 0.8125rem; color: var(--muted); }
#reasons { list-style: none; padding: 0; margin: 0; }
#reasons li { padding: 0.45rem 0; border-top: 1px solid var(--grid); font-size: 0.9375rem; line-height: 1.4; }
#reasons svg { display: block; width: 100%; height: 0.6rem; margin-top: 0.25rem; }
#warnings { padding-left: 1.1rem; font-size: 0.9375rem; color: #8a3b00; }
#warnings:empty { display: none; }
.stale { opacity: 0.55; }
svg.curve { display: block; max-width: 22rem; }
pre { overflow-x: auto; background: var(--band); padding: 0.8rem 1rem; font-size: 0.875rem; line-height: 1.5; border-radius: 4px; margin: 0 0 1rem; }
pre code { overflow-wrap: normal; }
details summary { cursor: pointer; color: var(--blue); margin-bottom: 0.75rem; min-height: 1.75rem; }
@media (max-width: 60rem) {
  .ask { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  #result { display: contents; }
  #result > h2:first-child { display: none; }
  #answer { order: -1; position: sticky; top: 0; z-index: 1; background: #fff; border-bottom: 1px solid var(--rule); padding: 0.5rem 0; margin: 0; }
  #probability { font-size: 2.25rem; }
  #decision { margin: 0; }
}
@media print { #result { position: static; } form { display: none; } }
`;
