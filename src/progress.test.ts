import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type MimeBundle, setDisplaySink } from './display.js';
import { cellLine, progressLine, showProgress } from './progress.js';

/** What a notebook would have been sent, in order: the text, and whether it replaced what was there. */
function notebook(): (readonly [string | undefined, boolean])[] {
  const sent: (readonly [string | undefined, boolean])[] = [];
  setDisplaySink((bundle: MimeBundle, { update }) => {
    sent.push([bundle['text/plain'] as string | undefined, update]);
  });
  return sent;
}

describe('the progress of a long work in a cell', () => {
  afterEach(() => setDisplaySink(undefined));

  it('is one line, drawn in its place at times, and gone at the end', () => {
    const sent = notebook();
    let now = 0;
    const line = cellLine(() => now)!;
    for (now = 0; now < 2000; now += 10) line.tell(now / 2000, 'boosting');
    line.end();
    assert.deepEqual(sent[0], [progressLine(0.25, 500, 'boosting'), false]);
    assert.ok(sent.slice(1).every(([, update]) => update));
    assert.equal(sent.length, 1 + 9 + 1, 'one every 150 ms, and the end');
    assert.deepEqual(sent[sent.length - 1], [undefined, true]);
    assert.equal(sent[8]![0], '████████████████████░░░░  85 % 1 s left boosting'.replace('85', '85'));
  });

  it('is not shown for a short work', () => {
    const sent = notebook();
    const line = cellLine(() => 499)!;
    line.tell(0.5, 'logistic');
    line.end();
    assert.deepEqual(sent, []);
  });

  it('is told to whoever asked, and not shown then; nor elsewhere than in a notebook', () => {
    const onProgress = (): void => {};
    assert.equal(cellLine(), undefined);
    const options = {};
    assert.equal(
      showProgress('fit', options, (given) => given),
      options,
    );
    notebook();
    assert.equal(showProgress('fit', { onProgress }, (given) => given).onProgress, onProgress);
    assert.notEqual(
      showProgress('fit', {}, (given: { onProgress?: () => void }) => given).onProgress,
      undefined,
    );
  });

  it('goes when the work fails', () => {
    const sent = notebook();
    const waitAndFail = ({ onProgress }: { onProgress?: (share: number) => void }): void => {
      for (const until = performance.now() + 600; performance.now() < until; ) onProgress?.(0.5);
      throw new Error('failed');
    };
    assert.throws(() => showProgress('fit', {}, waitAndFail), /failed/);
    assert.deepEqual(sent.map(([, update]) => update).slice(0, 2), [false, true]);
    assert.deepEqual(sent[sent.length - 1], [undefined, true]);
  });
});
