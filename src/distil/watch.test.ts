import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { importing, recipeCell, type TeaStudy, teaStudy } from '../testing/tea-study.js';
import { writeStudy } from './distil.js';
import { watchStudies } from './watch.js';

let tea: TeaStudy;
before(() => {
  tea = teaStudy();
});
after(() => tea.remove());

/** Everything the watch says, which can be waited for. */
function heard(): { say(text: string): void; next(): Promise<string> } {
  const said: string[] = [];
  let wake = (): void => {};
  return {
    say: (text) => {
      said.push(text);
      wake();
    },
    next: async () => {
      while (said.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return said.shift()!;
    },
  };
}

describe('watching a study', () => {
  it('distils now and after each save, waits through mistakes, and ends when told', async (test) => {
    tea.reset();
    const { say, next } = heard();
    const stop = new AbortController();
    test.after(() => stop.abort());
    const choose = (recipe: string): void =>
      tea.notebook('2-choose.ipynb', [importing('features', 'scale'), recipe]);
    const watching = watchStudies(
      ['tea'],
      { root: tea.root, signal: stop.signal, err: say },
      async (study) => {
        const { changed, path } = await writeStudy(study, { root: tea.root, program: 'alambique 9.9.9' });
        const text = readFileSync(join(tea.root, path), 'utf8');
        say(`${changed ? 'changed' : 'same'}: ${/x \/ \d/.exec(text)?.[0]}`);
      },
    );
    assert.equal(await next(), 'changed: x / 2');
    choose(recipeCell.replace('x / 2', 'x / 3'));
    assert.equal(await next(), 'changed: x / 3');
    choose(recipeCell.replace('x / 2', '(x / 4) * y'));
    assert.match(await next(), /2-choose\.ipynb, cell cell-2, line 3: the cell needs "y"/);
    choose(`${recipeCell.replace('x / 2', 'x / 3')}\n`);
    assert.equal(await next(), 'same: x / 3');
    stop.abort();
    await watching;
  });

  it('does not miss what is saved while it distils, nor distil two at once', async (test) => {
    tea.reset();
    const { say, next } = heard();
    const stop = new AbortController();
    test.after(() => stop.abort());
    let [running, runs] = [0, 0];
    const watching = watchStudies(['tea'], { root: tea.root, signal: stop.signal, err: say }, async () => {
      running++;
      runs++;
      assert.equal(running, 1);
      if (runs === 1) tea.notebook('2-choose.ipynb', ['1']);
      // Longer than a saved file must be still.
      await new Promise((resolve) => setTimeout(resolve, 500));
      running--;
      say(`run ${runs}`);
    });
    assert.equal(await next(), 'run 1');
    assert.equal(await next(), 'run 2');
    stop.abort();
    await watching;
  });

  it('throws what is not for the user to mend', async () => {
    tea.reset();
    const failing = watchStudies(['tea'], { root: tea.root, err: () => {} }, async () => {
      throw new TypeError('a mistake of ours');
    });
    await assert.rejects(failing, /a mistake of ours/);
  });
});
