// What `npm test` prints: a line for each failure when it happens; at the end warnings, skips with their reasons, the failures
// in full with what their files said, and the sum alone on the last line. What a passing test prints is left out.
import { relative } from 'node:path';
import { inspect } from 'node:util';

export default async function* report(events) {
  const output = new Map();
  const warnings = new Set();
  const skips = [];
  const failures = [];
  let passed = 0;
  const counts = () => `${passed} passed, ${failures.length} failed, ${skips.length} skipped`;
  for await (const { type, data } of events) {
    const file = relative(process.cwd(), data.entryFile ?? data.file ?? '');
    if (type === 'test:stdout' || type === 'test:stderr') {
      output.set(file, (output.get(file) ?? '') + data.message);
      for (const [, warning] of data.message.matchAll(/^\(node:\d+\) (.*Warning: .*)$/gm))
        warnings.add(`${file}: ${warning}`);
    } else if (type === 'test:diagnostic' && data.message.startsWith('Warning: ')) {
      warnings.add(data.message.slice('Warning: '.length));
    } else if (type === 'test:pass' && data.details.type !== 'suite') {
      if (data.skip === undefined && data.todo === undefined) passed += 1;
      else skips.push(`${file}: ${data.name}: ${reason(data.skip ?? data.todo)}`);
    } else if (type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed') {
      const failure = { ...data, file };
      failures.push(failure);
      yield `${lineStart()}${headline(failure)}\n`;
    }
    if (process.stdout.isTTY) yield lineStart() + counts();
  }
  yield lineStart();
  if (warnings.size > 0) yield `\nWarnings\n${indent([...warnings].join('\n'))}\n`;
  if (skips.length > 0) yield `\nSkipped\n${indent(skips.join('\n'))}\n`;
  for (const failure of failures) yield `\n${headline(failure)}\n${indent(why(failure.details.error))}\n`;
  for (const file of new Set(failures.map(({ file }) => file)))
    if (output.has(file)) yield `\n${file} said\n${indent(output.get(file).trimEnd())}\n`;
  yield `\n${counts()}\n`;
}

// A file that fails as a whole is reported as a test with its path for a name.
const headline = ({ file, line, name }) => (name.endsWith(file) ? `✖ ${file}` : `✖ ${file}:${line}: ${name}`);
const reason = (text) => (typeof text === 'string' && text !== '' ? text : 'no reason given');
const indent = (text) => text.replace(/^(?=.)/gm, '  ');
// A terminal shows the counts while it runs, on a line that is overwritten.
const lineStart = () => (process.stdout.isTTY ? '\r\x1b[K' : '');

/** The runner wraps what a test threw. A difference is in the assertion's own message; of a stack, only the lines of this project help. */
function why({ cause, message }) {
  if (!(cause instanceof Error)) return cause === undefined ? message : inspect(cause);
  const text = cause.generatedMessage ? cause.stack : inspect(cause);
  return text.replace(/^ +at .*(node:internal|node:async_hooks|node_modules).*\n?/gm, '');
}
