/** One member out of an archive, proved by its checksum; whatever else the bytes are, they are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../problem.js';
import { zip } from '../testing/zip.js';
import { unzipMember } from './unzip.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a member is found by name, deflated or stored, empty or not, with a comment behind the archive', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), (content, stored) => {
      const archive = zip(
        { 'a.txt': bytes('other'), 'dir/ä.csv': content },
        { stored, comment: 'made here' },
      );
      assert.deepEqual(Buffer.from(unzipMember(archive, 'dir/ä.csv')), Buffer.from(content));
    }),
  );
});

test('an archive within an archive is taken out member by member', () => {
  const inner = zip({ 'bank-full.csv': bytes('age;y\n'.repeat(1000)) });
  const outer = zip({ 'bank.zip': inner, 'readme.txt': bytes('') }, { stored: true });
  const content = unzipMember(unzipMember(outer, 'bank.zip'), 'bank-full.csv');
  assert.equal(Buffer.from(content).toString(), 'age;y\n'.repeat(1000));
});

test('what is no archive, lacks the member, or would be larger than allowed is refused with the reason', () => {
  const archive = zip({ 'a.csv': bytes('x'.repeat(100)), 'b.csv': bytes('') });
  assert.match(refused(bytes('<html>not found</html>'), 'a.csv'), /it is not a ZIP archive/);
  assert.match(refused(new Uint8Array(), 'a.csv'), /it is not a ZIP archive/);
  assert.match(refused(archive, 'c.csv'), /no member "c.csv"; it holds "a.csv" and "b.csv"/);
  assert.match(refused(archive, 'a.csv', 99), /100 bytes, more than the 99 that are allowed/);
});

test('an archive that was cut short or changed anywhere gives the true content or a refusal, never another', () => {
  const content = bytes('age;job;y\n58;management;no\n44;technician;no\n');
  const archive = zip({ 'a.csv': content });
  for (let at = 0; at < archive.length; at++) {
    refused(archive.subarray(0, at), 'a.csv');
    for (const bit of [0, 3, 7]) {
      const changed = Uint8Array.from(archive);
      changed[at]! ^= 1 << bit;
      const taken = attempt(() => unzipMember(changed, 'a.csv'));
      if (!(taken instanceof Problem))
        assert.deepEqual(Buffer.from(taken), Buffer.from(content), `byte ${at}`);
    }
  }
});

test('a member that claims to be small and unpacks to more is refused, not unpacked', () => {
  const archive = zip({ bomb: new Uint8Array(1 << 20) });
  const directory = Buffer.from(archive).lastIndexOf('PK\u0001\u0002');
  new DataView(archive.buffer, archive.byteOffset).setUint32(directory + 24, 10, true);
  assert.match(refused(archive, 'bomb'), /cannot be unpacked/);
});

function refused(archive: Uint8Array, name: string, limit?: number): string {
  const problem = attempt(() => unzipMember(archive, name, limit));
  assert.ok(problem instanceof Problem);
  assert.equal(problem.issues[0]!.code, 'zip-unreadable');
  return problem.message;
}

function attempt<T>(act: () => T): T | Problem {
  try {
    return act();
  } catch (error) {
    assert.ok(error instanceof Problem, String((error as Error).stack));
    return error;
  }
}
