import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type MimeBundle, setDisplaySink } from './display.js';
import { cellLine, progressLine, showProgress } from './progress.js';

/** What a notebook would have been sent, in order: the text, and whether it replaced what was there. */
function notebook(now: () => number = () => 0): (readonly [string | undefined, boolean])[] {
  const sent: (readonly [string | undefined, boolean])[] = [];
  const take = (bundle: MimeBundle, { update }: { update: boolean }): void => {
    sent.push([bundle['text/plain'] as string | undefined, update]);
  };
  setDisplaySink(Object.assign(take, { now }));
  return sent;
}

describe('the progress of a long work in a cell', () => {
  afterEach(() => setDisplaySink(undefined));

  it('is one line, drawn in its place at times, and gone at the end', () => {
    let now = 0;
    const sent = notebook(() => now);
    const line = cellLine()!;
    for (now = 0; now < 2000; now += 10) line.tell(now / 2000, 'boosting');
    line.end();
    assert.deepEqual(sent[0], [progressLine(0.25, 500, 'boosting'), false]);
    assert.ok(sent.slice(1).every(([, update]) => update));
    assert.equal(sent.length, 1 + 9 + 1, 'one every 150 ms, and the end');
    assert.deepEqual(sent[sent.length - 1], [undefined, true]);
    assert.equal(sent[8]![0], '████████████████████░░░░  85 % 1 s left boosting');
  });

  it('is not shown for a short work', () => {
    let now = 0;
    const sent = notebook(() => now);
    const line = cellLine()!;
    now = 499;
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
    let now = 0;
    const sent = notebook(() => now);
    const fail = ({ onProgress }: { onProgress?: (share: number) => void }): void => {
      now = 600;
      onProgress?.(0.5);
      throw new Error('failed');
    };
    assert.throws(() => showProgress('fit', {}, fail), /failed/);
    assert.deepEqual(sent, [
      [progressLine(0.5, 600, 'fit'), false],
      [undefined, true],
    ]);
  });
});
