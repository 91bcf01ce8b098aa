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

describe('the kernel, spoken to as Jupyter does', () => {
  let kernel: KernelClient;
  before(async () => {
    kernel = await kernelClient();
  });
  after(() => kernel.close());

  it('says that its language is TypeScript', async () => {
    const { reply } = await kernel.request('kernel_info_request');
    assert.equal(reply.protocol_version, '5.3');
    assert.equal((reply.language_info as Content).name, 'typescript');
    assert.equal((reply.language_info as Content).file_extension, '.ts');
  });

  it('counts cells, echoes the input and shows the last expression', async () => {
    const first = await kernel.execute('const base: number = 40;\nbase + 2');
    assert.deepEqual(
      first.published.map((message) => message.type),
      ['execute_input', 'execute_result'],
    );
    assert.equal(published(first, 'execute_input')!.execution_count, 1);
    assert.deepEqual(published(first, 'execute_result')!.data, { 'text/plain': '42' });
    assert.equal(first.reply.execution_count, 1);
    const second = await kernel.execute("'text'");
    assert.equal(second.reply.execution_count, 2);
    assert.deepEqual(published(second, 'execute_result')!.data, { 'text/plain': "'text'" });
  });

  it('does not count silent requests', async () => {
    const silent = await kernel.execute('1 + 1', { silent: true });
    assert.deepEqual(silent.published, []);
    assert.equal(silent.reply.execution_count, 2);
  });

  it('shows HTML beside the text where a value offers it', async () => {
    const shown = await kernel.execute("({ size: 1, toHtml: () => '<b>one</b>' })");
    const data = published(shown, 'execute_result')!.data as Content;
    assert.equal(data['text/html'], '<b>one</b>');
    assert.match(String(data['text/plain']), /size: 1/);
  });

  it('refuses a column that is only known later, with the sentence of the compiler', async () => {
    const schema =
      "defineSchema({ moment: 'now', target: yesNo('y'), before: { age: number() }, after: { duration: number() } })";
    await kernel.execute(
      `import { defineSchema, features, number, scale, yesNo } from 'alambique';\nconst calls = ${schema};`,
    );
    const known = await kernel.execute("features(calls, [scale('age')]).columns");
    assert.equal(known.reply.status, 'ok');
    const late = await kernel.execute("features(calls, [scale('duration')])");
    assert.equal(late.reply.status, 'error');
    const { evalue, traceback } = published(late, 'error') as { evalue: string; traceback: string[] };
    assert.match(`${evalue}\n${traceback.join('\n')}`, /Type '"duration"' is not assignable to type '"age"'/);
  });

  it('keeps what is printed apart by stream and in order', async () => {
    const shown = await kernel.execute("console.log('a'); console.error('b'); console.log('c');");
    assert.deepEqual(
      shown.published.filter(({ type }) => type === 'stream').map(({ content }) => content),
      [
        { name: 'stdout', text: 'a\n' },
        { name: 'stderr', text: 'b\n' },
        { name: 'stdout', text: 'c\n' },
      ],
    );
  });

  it('updates what was displayed in place', async () => {
    const code = [
      "const sink = globalThis[Symbol.for('alambique.display')];",
      "sink({ 'text/plain': '1 of 2' }, { id: 'progress', update: false });",
      "sink({ 'text/plain': '2 of 2' }, { id: 'progress', update: true });",
    ].join('\n');
    const shown = await kernel.execute(code);
    const displays = shown.published.filter(({ type }) => type.endsWith('display_data'));
    assert.deepEqual(
      displays.map(({ type, content }) => [type, content.data]),
      [
        ['display_data', { 'text/plain': '1 of 2' }],
        ['update_display_data', { 'text/plain': '2 of 2' }],
      ],
    );
    const [shownId, updatedId] = displays.map(({ content }) => (content.transient as Content).display_id);
    assert.ok(shownId);
    assert.equal(shownId, updatedId);
  });

  it("names the cell's own line when it throws, through functions of earlier cells", async () => {
    await kernel.execute(
      "function positive(x: number): number {\n  if (x < 0) throw new RangeError(x + ' < 0');\n  return x;\n}",
    );
    const failed = await kernel.execute(
      'type Unused = string;\n\nconst kept: number = 1;\npositive(kept - 3);',
    );
    const error = published(failed, 'error')!;
    assert.equal(error.ename, 'RangeError');
    assert.equal(error.evalue, '-2 < 0');
    const traceback = String((error.traceback as string[])[0]);
    assert.match(traceback, /Cell \[\d+\], line 4/);
    assert.match(traceback, /> 4 \| positive\(kept - 3\);/);
    assert.match(traceback, /at positive Cell \[\d+\], line 2/);
    assert.doesNotMatch(traceback, /notebook-kernel/);
    assert.equal(failed.reply.status, 'error');
  });

  it('names the line of an awaited failure', async () => {
    const failed = await kernel.execute(
      "await null;\nconst wait = 1;\nawait Promise.reject(new Error('late'));",
    );
    assert.equal(published(failed, 'error')!.evalue, 'late');
    const awaited = await kernel.execute(
      "const fail = async (): Promise<void> => {\n  await null;\n  throw new Error('deep');\n};\nawait fail();",
    );
    assert.match(String(published(awaited, 'error')!.traceback), /Cell \[\d+\], line 3/);
  });

  it("shows the compiler's sentence and line, and runs nothing of the cell", async () => {
    const failed = await kernel.execute("console.log('ran');\nconst size: 'age' | 'job' = 'duration';");
    const error = published(failed, 'error')!;
    assert.equal(error.ename, 'CompileError');
    assert.match(String(error.evalue), /Type '"duration"' is not assignable to type '"age" \| "job"'/);
    assert.match(String(error.traceback), /line 2/);
    assert.equal(printed(failed), '');
  });

  it('abandons the cells that wait behind a failing one', async () => {
    const [failed, waiting] = await Promise.all([
      kernel.execute("throw new Error('first')"),
      kernel.execute("console.log('second')"),
    ]);
    assert.equal(failed.reply.status, 'error');
    assert.equal(waiting.reply.status, 'aborted');
    const [again, next] = await Promise.all([
      kernel.execute("throw new Error('first')", { stop_on_error: false }),
      kernel.execute("console.log('second')"),
    ]);
    assert.equal(again.reply.status, 'error');
    assert.equal(next.reply.status, 'ok');
  });

  it('offers what could stand at the cursor, in quotes too', async () => {
    const code = "const pick = (name: 'age' | 'balance' | 'job'): string => name;\n/* 😀 */ pick('ba";
    const cursor = [...code].length;
    const { reply } = await kernel.request('complete_request', { code, cursor_pos: cursor });
    assert.deepEqual(reply.matches, ['balance']);
    assert.equal(reply.cursor_start, cursor - 2);
    assert.equal(reply.cursor_end, cursor);
    const named = await kernel.request('complete_request', { code: 'posit', cursor_pos: 5 });
    assert.deepEqual([named.reply.matches, named.reply.cursor_start], [['positive'], 0]);
  });

  it('tells the type of what stands at the cursor', async () => {
    const { reply } = await kernel.request('inspect_request', { code: 'base', cursor_pos: 1 });
    assert.equal(reply.found, true);
    assert.match(String((reply.data as Content)['text/plain']), /const base: number/);
    const nothing = await kernel.request('inspect_request', { code: '   ', cursor_pos: 1 });
    assert.equal(nothing.reply.found, false);
  });

  it('knows an unfinished cell', async () => {
    const open = await kernel.request('is_complete_request', { code: 'function f() {' });
    assert.deepEqual([open.reply.status, open.reply.indent], ['incomplete', '  ']);
    const whole = await kernel.request('is_complete_request', { code: 'f()' });
    assert.equal(whole.reply.status, 'complete');
  });

  it('reports an error that no cell awaited', async () => {
    const failed = await kernel.execute(
      "void Promise.reject(new Error('nobody waits'));\nawait new Promise((resolve) => setTimeout(resolve, 50));",
    );
    assert.equal(published(failed, 'error')!.evalue, 'nobody waits');
  });

  it('says so when the process of the cells dies, and ends', async () => {
    const died = await kernel.execute('process.exit(3)');
    assert.equal(published(died, 'error')!.ename, 'KernelDied');
    assert.match(String(published(died, 'error')!.evalue), /ended with code 3/);
    const code = await new Promise((resolve) => kernel.process.once('exit', resolve));
    assert.equal(code, 1);
  });
});
