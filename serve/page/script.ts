/** The page's own script: asks again whenever a field changes, and writes the answer where the first one stands. */

export const PAGE_SCRIPT: string = `'use strict';
(() => {
  const form = document.getElementById('row');
  const panel = document.getElementById('result');
  const at = (id) => document.getElementById(id);
  const verb = panel.dataset.verb, cutoff = panel.dataset.cutoff === '' ? undefined : Number(panel.dataset.cutoff);
  const percent = (share) => (100 * share).toFixed(1) + '\\u00a0%';
  const short = (value) => String(Number(value.toPrecision(4)));
  const likeliest = (shares) => Object.entries(shares).reduce((best, one) => (one[1] > best[1] ? one : best), ['–', 0]);
  const headline = ({ probability, prediction, low, high, probabilities }) => {
    if (probability !== undefined) return percent(probability);
    if (prediction !== undefined) return short(prediction) + (low === undefined ? '' : ' (' + short(low) + ' to ' + short(high) + ')');
    const [name, share] = likeliest(probabilities);
    return name + ' (' + percent(share) + ')';
  };
  const shareOf = ({ probability, probabilities }) => probability ?? (probabilities ? likeliest(probabilities)[1] : 0);
  let before = panel.dataset.shown || undefined, asked = 0, timer;

  const rowOf = () => {
    const row = {};
    for (const field of form.querySelectorAll('input, select')) {
      const number = 'number' in field.dataset;
      row[field.name] = field.value === '' ? null : number ? Number(field.value) : field.value;
    }
    return row;
  };
  const line = (text) => { const item = document.createElement('li'); item.textContent = text; return item; };
  const rect = (attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const clear = () => {
    for (const field of form.querySelectorAll('[aria-invalid]')) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-errormessage');
    }
    for (const error of form.querySelectorAll('.error')) error.remove();
    at('warnings').replaceChildren();
  };
  const refuse = ({ detail, errors = [] }) => {
    at('probability').textContent = '–';
    at('decision').textContent = 'The row cannot be answered.';
    at('bar').setAttribute('width', 0);
    at('reasons').replaceChildren();
    for (const { pointer, detail: why } of errors) {
      const name = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
      const field = form.elements.namedItem(name);
      if (!field) { at('warnings').append(line(why)); continue; }
      const error = document.createElement('p');
      error.className = 'error';
      error.id = field.id + '-error';
      error.textContent = why;
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-errormessage', error.id);
      field.after(error);
    }
    if (errors.length === 0) at('warnings').append(line(detail));
  };
  const words = (decision) => {
    if (decision === undefined) return '';
    if (cutoff === undefined) return 'Decided: ' + decision + '.';
    const shown = cutoff >= 0 && cutoff <= 1.001 ? percent(cutoff) : String(cutoff);
    if (decision === 'act') return verb.charAt(0).toUpperCase() + verb.slice(1) + ': at least the cut-off of ' + shown + '.';
    return 'Do not ' + verb + ': below the cut-off of ' + shown + '.';
  };
  const show = (answer) => {
    const { warnings = [], explanation } = answer;
    const shown = headline(answer);
    at('probability').textContent = shown;
    const change = before === undefined || before === shown ? '' : ' It was ' + before + '.';
    at('decision').textContent = words(answer.decision) + change;
    before = shown;
    at('bar').setAttribute('width', 100 * shareOf(answer));
    for (const { detail } of warnings) at('warnings').append(line(detail));
    const reasons = explanation ? explanation.reasons : [];
    const most = Math.max(...reasons.map(({ contribution }) => Math.abs(contribution)));
    at('reasons').replaceChildren(...reasons.map(({ words, contribution }) => {
      const item = line(words);
      const width = 50 * Math.abs(contribution) / most;
      const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      drawing.setAttribute('viewBox', '0 0 100 4');
      drawing.setAttribute('preserveAspectRatio', 'none');
      drawing.setAttribute('aria-hidden', 'true');
      drawing.append(
        rect({ x: contribution < 0 ? 50 - width : 50, width, height: 4, fill: contribution < 0 ? '#b3541e' : '#1f5fa8' }),
        rect({ x: 49.9, width: 0.2, height: 4, fill: '#767f8c' }));
      item.append(drawing);
      return item;
    }));
    if (reasons.length === 0) at('reasons').append(line('This model has no exact reasons for a row.'));
  };
  const ask = async () => {
    const mine = ++asked;
    panel.classList.add('stale');
    let answer, right = false;
    try {
      const response = await fetch(form.dataset.address, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rowOf()),
      });
      answer = await response.json();
      right = response.ok;
    } catch {
      answer = { detail: 'The service cannot be reached.' };
    }
    // An answer that was overtaken by a later question is not shown.
    if (mine !== asked) return;
    panel.classList.remove('stale');
    clear();
    if (right) show(answer); else refuse(answer);
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); clearTimeout(timer); ask(); });
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
})();
`;
