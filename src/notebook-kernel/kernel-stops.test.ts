import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Exchange, type KernelClient, kernelClient } from '../testing/kernel-client.js';

type Content = Record<string, unknown>;

/** The content of the first message of a type that was published. */
function published(exchange: Exchange, type: string): Content | undefined {
  return exchange.published.find((message) => message.type === type)?.content;
}

function printed(exchange: Exchange): string {
  return exchange.published
    .filter((message) => message.type === 'stream')
    .map((message) => message.content.text)
    .join('');
}

/** Rows to learn from, and learners that would take minutes. */
const prepare = `import { boosting, compare, labelsOf, rawRecipe } from 'alambique';
import { bankCalls } from 'alambique/studies/bank-marketing/calls';
const rows = await bankCalls('simulated');
const recipe = rawRecipe(rows.schema);
const labels = labelsOf(rows);
const { matrix } = recipe.fit(rows.table, { targets: labels, seed: 7, ordered: true });
const slow = [boosting({ trees: 100_000 })];`;

describe('a long cell of the kernel', () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await kernelClient();
    await kernel.execute('const base: number = 40;');
  });
  after(() => kernel.close());

  it('shows how far a long fit is on one line, and leaves none', async () => {
    await kernel.execute(prepare);
    // The clock of the cell goes on by 200 ms each time it is looked at, whatever the machine is at.
    const shown = await kernel.execute(`const sink = (globalThis as any)[Symbol.for('alambique.display')];
const { now } = sink;
let ticks = 0;
sink.now = () => (ticks += 200);
const { kind } = boosting({ trees: 60 }).fit(matrix, labels, { seed: 7 });
sink.now = now;
kind;`);
    const types = shown.published.map(({ type }) => type);
    assert.deepEqual(types.slice(0, 3), ['execute_input', 'display_data', 'update_display_data']);
    assert.ok(types.slice(3, -1).every((type) => type === 'update_display_data'));
    const lines = shown.published.filter(({ type }) => type.endsWith('display_data'));
    assert.match(String((lines[0]!.content.data as Content)['text/plain']), /^█+░+ +\d+ %.* boosting$/);
    assert.deepEqual(lines[lines.length - 1]!.content.data, {});
    assert.equal(new Set(lines.map(({ content }) => (content.transient as Content).display_id)).size, 1);
  });

  const threads = '(process as any).report.getReport().workers.length';
  // Each with the message that says that it is under way: a race prints when both of its threads run.
  const long: Record<string, { code: string; underWay: string }> = {
    'a race': {
      code: `const race = compare(rows, { learners: slow, features: recipe, threads: 2, seed: 7 });
while (${threads} < 3) await new Promise((resolve) => setTimeout(resolve, 20));
console.log(${threads});
await race;`,
      underWay: 'stream',
    },
    'a fit in this thread with helpers': {
      code: 'slow[0].fit(matrix, labels, { seed: 7, threads: 2 });',
      underWay: 'update_display_data',
    },
  };
  for (const [what, { code, underWay }] of Object.entries(long)) {
    it(`stops ${what} and its threads when it is interrupted, and runs the next cell`, async () => {
      await kernel.execute(prepare);
      const isRunning = isPublished(underWay);
      const running = kernel.execute(`${code}\nconsole.log('not reached');`);
      await isRunning;
      await kernel.request('interrupt_request', {}, 'control');
      const stopped = await running;
      assert.equal(published(stopped, 'error')!.ename, 'Interrupted');
      assert.match(String(published(stopped, 'error')!.evalue), /stopped by an interrupt/);
      if (what === 'a race')
        assert.equal(printed(stopped), '3\n', 'two threads raced beside the watching one');
      const after = await kernel.execute(threads);
      assert.deepEqual(
        published(after, 'execute_result')!.data,
        { 'text/plain': '1' },
        'only the watching one',
      );
      const again = await kernel.execute(
        `boosting({ trees: 20 }).fit(matrix, labels, { seed: 7, threads: 2 }).kind`,
      );
      assert.equal(printed(after) + printed(again), '');
      assert.deepEqual(published(again, 'execute_result')!.data, { 'text/plain': "'boosting'" });
    });
  }

  /** Resolves with the next message of this type. */
  function isPublished(wanted: string): Promise<void> {
    return new Promise((resolve) => {
      kernel.onPublished = (type) => type === wanted && resolve();
    });
  }

  /** In a cell: says that it is under way, at once, even where the cell never yields. */
  const begun =
    "(globalThis as any)[Symbol.for('alambique.display')]({ 'text/plain': 'begun' }, { update: false });";

  const endless = {
    'that never yields': `let turns = 0;\n${begun}\nfor (;;) turns++;`,
    'after an await': `await null;\n${begun}\nfor (;;) {}`,
    'of timers': `${begun}\nfor (;;) await new Promise((resolve) => setTimeout(resolve, 5));`,
    'in a callback': `setTimeout(() => {\n  ${begun}\n  for (;;) {}\n});\nawait new Promise(() => {});`,
  };
  for (const [kind, code] of Object.entries(endless)) {
    it(`stops an endless loop ${kind} and keeps the variables`, async () => {
      const isRunning = isPublished('display_data');
      const running = kernel.execute(`const before: string = 'the loop';\n${code}`);
      await isRunning;
      await kernel.request('interrupt_request', {}, 'control');
      const stopped = await running;
      assert.equal(published(stopped, 'error')!.ename, 'Interrupted');
      const kept = await kernel.execute("base + ' ' + before");
      assert.deepEqual((published(kept, 'execute_result')!.data as Content)['text/plain'], "'40 the loop'");
    });
  }

  it('stops a cell that has hardly begun, or has not yet', async () => {
    // The kernel has the request once it repeats the input; how far the cell is then does not matter.
    for (const wait of [0, 0, 1, 2, 3, 5, 8, 13, 21, 34]) {
      const isAccepted = isPublished('execute_input');
      const running = kernel.execute('console.log(base);\nfor (;;) {}');
      await isAccepted;
      await new Promise((resolve) => setTimeout(resolve, wait));
      await kernel.request('interrupt_request', {}, 'control');
      assert.equal(published(await running, 'error')!.ename, 'Interrupted');
      assert.equal((await kernel.execute('base')).reply.status, 'ok');
    }
  });

  it('stops what an earlier cell has left behind, and then the cell that waits for it', async () => {
    const isRunning = isPublished('display_data');
    const loop = `() => {\n  ${begun}\n  for (;;) {}\n}`;
    // Two turns of the event loop later the cell has ended.
    const left = await kernel.execute(`setImmediate(() => setImmediate(() => setImmediate(${loop})));`);
    assert.equal(left.reply.status, 'ok');
    await isRunning;
    const isAccepted = isPublished('execute_input');
    const waiting = kernel.execute("console.log('not before');\nfor (;;) {}");
    await isAccepted;
    await kernel.request('interrupt_request', {}, 'control');
    assert.equal(published(await waiting, 'error')!.ename, 'Interrupted');
    assert.equal((await kernel.execute('base')).reply.status, 'ok');
  });

  it('takes SIGINT as an interrupt', async () => {
    const isRunning = isPublished('display_data');
    const running = kernel.execute(`${begun}\nfor (;;) {}`);
    await isRunning;
    kernel.process.kill('SIGINT');
    assert.equal(published(await running, 'error')!.ename, 'Interrupted');
  });

  it('stops a cell that prints without end', async () => {
    const flood = await kernel.execute("const line = 'x'.repeat(10_000);\nfor (;;) console.log(line);");
    assert.equal(published(flood, 'error')!.ename, 'TooMuchOutput');
    assert.ok(printed(flood).length <= 10_000_000);
    assert.equal((await kernel.execute('1')).reply.status, 'ok');
  });
});
