/** The project's own notebooks: clean in git, distilled as they stand, and running from the top on simulated data. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { relative } from 'node:path';
import { describe, it } from 'node:test';
import { distilledStudies } from '../distil/blocks.js';
import { checkStudy } from '../distil/distil.js';
import { isClean } from '../notebook/clean.js';
import type { NotebookEffects } from '../notebook/effects.js';
import { findNotebooks } from '../notebook/find-notebooks.js';
import { readNotebook } from '../notebook/notebook.js';
import { workspace } from '../workspace.js';
import { runNotebooks } from './notebooks.js';

const { root, notebooks } = workspace();
const files = existsSync(notebooks) ? findNotebooks([notebooks]) : [];
const studies = distilledStudies(root);

/** Effects that keep what is said. */
function heard(): { effects: NotebookEffects; said: () => { out: string; err: string } } {
  let [out, err] = ['', ''];
  const effects: NotebookEffects = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: process.env,
  };
  return { effects, said: () => ({ out, err }) };
}

describe("the project's notebooks", () => {
  const none = files.length === 0 && 'there is no notebook yet';

  it('are clean in git', { skip: none }, () => {
    for (const file of files) {
      const clean = isClean(readFileSync(file, 'utf8'), file);
      assert.ok(clean, `${relative(root, file)} is not clean: run \`alambique clean\``);
    }
  });

  it('show the real data, not what was simulated where it was missing', { skip: none }, () => {
    for (const file of files) {
      const outputs = readNotebook(file).cells.map((cell) => JSON.stringify(cell.outputs ?? []));
      const wrong = outputs.some((text) => /SIMULATED/.test(text));
      assert.ok(
        !wrong,
        `${relative(root, file)} was saved without the data: set ALAMBIQUE_DATA and save again`,
      );
    }
  });

  it('name neither the user nor the folders of the machine that saved them', { skip: none }, () => {
    const user = userInfo().username.replace(/\W/g, '\\$&');
    const told = new RegExp(`\\b(?:root|${user}): |/(?:home|root|Users)/\\w+`);
    for (const file of files) {
      const outputs = readNotebook(file).cells.map((cell) => JSON.stringify(cell.outputs ?? []));
      const found = outputs.map((text) => told.exec(text)).find((match) => match !== null);
      assert.ok(!found, `${relative(root, file)} tells "${found?.[0]}" of the machine that saved it`);
    }
  });

  it('say what the modules of their studies say', {
    skip: studies.length === 0 && 'no study is distilled yet',
  }, async () => {
    for (const study of studies) await checkStudy(study);
  });

  it('run from the top on simulated data', { skip: none }, async () => {
    const { effects, said } = heard();
    assert.equal(await runNotebooks({ data: 'simulated' }, effects), 0, said().err);
  });
});
