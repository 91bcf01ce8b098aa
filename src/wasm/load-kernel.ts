/** Kernels: modules that AssemblyScript made of `kernel/*.as.ts`, read once a thread. */
import { readFileSync } from 'node:fs';
import { type SharedMemory, webAssembly } from './web-assembly.js';

const modules = new Map<string, object>();

/**
 * What the module at `url` exports, working on this memory; `host` has the functions that it asks for. The bundle of the
 * service has modules as `data:` addresses.
 */
export function loadKernel<Exports>(url: URL, memory: SharedMemory, host: object = {}): Exports {
  let module = modules.get(url.href);
  if (!module) {
    const bytes = url.protocol === 'data:' ? bytesIn(url) : readFileSync(url);
    module = new webAssembly.Module(Uint8Array.from(bytes));
    modules.set(url.href, module);
  }
  return new webAssembly.Instance(module, { env: { memory }, 'host.as': host }).exports as Exports;
}

function bytesIn({ pathname }: URL): Uint8Array {
  return Buffer.from(pathname.slice(pathname.indexOf(',') + 1), 'base64');
}
