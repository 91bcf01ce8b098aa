/** What stays of a cell that did not come to its end. */
import assert from 'node:assert/strict';
import { chdir } from 'node:process';
import { beforeEach, describe, it } from 'node:test';
import { findRoot } from '../workspace.js';
import { CellSession } from './cell-session.js';

chdir(findRoot());

describe('a cell that throws', () => {
  let session: CellSession;
  let cells = 0;
  beforeEach(() => {
    session = new CellSession(findRoot());
  });

  async function shown(code: string): Promise<unknown> {
    const outcome = await session.execute(code, `Cell [${++cells}]`);
    if (outcome.status === 'error') assert.fail(`${code}\n${outcome.ename}: ${outcome.evalue}`);
    return outcome.result?.['text/plain'];
  }

  async function failsWith(code: string): Promise<string> {
    const outcome = await session.execute(code, `Cell [${++cells}]`);
    assert.equal(outcome.status, 'error');
    return outcome.status === 'error' ? outcome.evalue : '';
  }

  it('keeps what it declared before it threw, with its types', async () => {
    const code = `import { basename } from 'node:path';
interface Row { age: number }
const rows: Row[] = await Promise.resolve([{ age: 41 }]);
let [first, second] = [1, 2], total = 0;
function add(x: number) { total += x; return total; }
class Box { size = rows.length; }
enum Kind { A, B }
add(first);
throw new Error('then');
const notReached = 'declared';`;
    assert.equal(await failsWith(code), 'then');
    assert.equal(await shown('[rows[0]!.age, first, second, add(2), total]'), '[ 41, 1, 2, 3, 3 ]');
    assert.equal(await shown("[new Box().size, Kind.B, basename('/a/b')]"), "[ 1, 1, 'b' ]");
    assert.match(await failsWith('rows[0]!.agge'), /'agge' does not exist on type 'Row'/);
    assert.match(await failsWith('notReached'), /Cannot find name 'notReached'/);
  });

  it('leaves a name that it would have declared anew as it was', async () => {
    await shown("const size = 'large'; let turns = 3;");
    await failsWith("const early = 1; JSON.parse('{'); const size: number = 7; let turns: string = 'x';");
    assert.equal(await shown('const text: string = size; [text, early]'), "[ 'large', 1 ]");
  });

  it('keeps what it declared anew', async () => {
    await shown("const size = 'large', other = 1;");
    await failsWith("const size: number = 7; throw new Error('then');");
    assert.equal(await shown('const more: number = size + other; more'), '8');
  });

  it('keeps a variable that is declared and not yet set where it ends well', async () => {
    await shown('let later: number | undefined;');
    assert.equal(await shown('later = 3; later'), '3');
  });

  it('keeps what it has declared when it is given up, and says nothing more', async () => {
    const waiting = session.execute("const early = 'kept';\nawait new Promise(() => {});", 'Cell [1]');
    await Promise.resolve();
    session.giveUp();
    assert.equal(await shown('early'), "'kept'");
    void waiting;
  });
});
