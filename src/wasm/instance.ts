/** Kernels: modules in WebAssembly text, compiled once a thread. */
import { assemble } from './assemble.js';
import { type SharedMemory, webAssembly } from './web-assembly.js';

const modules = new Map<string, object>();

/** What a module in WebAssembly text exports, working on this memory; `functions` are those that it imports. */
export function instanceOf<Exports>(text: string, memory: SharedMemory, functions: object = {}): Exports {
  const module = modules.get(text) ?? new webAssembly.Module(assemble(text));
  modules.set(text, module);
  return new webAssembly.Instance(module, { shared: { memory, ...functions } }).exports as Exports;
}
