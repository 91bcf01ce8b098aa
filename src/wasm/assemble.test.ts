import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assemble } from './assemble.js';

test('a module in text runs: arguments, a loop, a condition, memory', () => {
  const bytes = assemble(`
    (module
      (import "here" "memory" (memory 1 1 shared))
      ;; the sum of the bytes from $at to $end that are not 7
      (func $sum (export "sum") (param $at i32) (param $end i32) (result i32) (local $total i32)
        (loop $next
          (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 7))
            (then (local.set $total (i32.add (local.get $total) (i32.load8_u (local.get $at)))))
            (else (i32.store offset=200 (i32.const 0) (i32.const -300))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
        (local.get $total)))`);
  const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm };
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { here: { memory } });
  new Uint8Array(memory.buffer).set([5, 7, 250, 1]);
  assert.equal(instance.exports.sum!(0, 4), 256);
  assert.equal(new Int32Array(memory.buffer)[50], -300);
});

test('what the assembler does not know is refused', () => {
  const of = (body: string): string =>
    `(module (import "a" "b" (memory 1 1 shared)) (func $f (export "f") (param $x i32) ${body}))`;
  assert.throws(() => assemble(of('(i32.rotr (local.get $x) (i32.const 1))')), /does not know "i32.rotr"/);
  assert.throws(() => assemble(of('(local.set $y (i32.const 1))')), /called "\$y"/);
  assert.throws(() => assemble(of('(br $out)')), /called "\$out"/);
  assert.throws(() => assemble(of('(local $y f16)')), /not a type/);
  assert.throws(() => assemble('(module (func $f'), /parentheses/);
  assert.throws(() => assemble('(table)'), /module/);
});

interface Wasm {
  Memory: new (limits: object) => { buffer: SharedArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: object,
  ) => { exports: Record<string, (...args: number[]) => number> };
}
