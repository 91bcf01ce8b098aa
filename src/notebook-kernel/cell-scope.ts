/** The variables that cells share, as properties of one object; knows which ones the running cell has assigned so far. */

/** A cell compiled to CommonJS first sets all names that it declares to nothing. */
const declaring = /^((?:exports\.[^\s.=;]+ = )+)void 0;$/gm;

/** Compiled, an imported name is a getter; a later cell may redefine it only if it is kept as a plain value. */
const imported = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get/gm;

/** A cell while it runs. */
export interface OpenCell {
  /**
   * Ends the cell's hold on the scope. Where it did not come to its end, names that it did not come to assign mean again
   * what they meant before; returns those.
   */
  close(isWhole: boolean): ReadonlySet<string>;
}

/** Makes `scope` ready for the compiled cell `output`. */
export function openCell(scope: Record<string, unknown>, output: string): OpenCell {
  const imports = [...output.matchAll(imported)].map(([, name]) => name!);
  for (const name of imports) keep(scope, name, scope[name]);
  const before = new Map<string, PropertyDescriptor | undefined>();
  for (const [, chain] of output.matchAll(declaring)) {
    for (const name of chain!.split(' = ').map((target) => target.slice('exports.'.length))) {
      if (name === '' || before.has(name)) continue;
      before.set(name, Object.getOwnPropertyDescriptor(scope, name));
      awaitAssignment(scope, name);
    }
  }
  return {
    close: (isWhole) => {
      const lost = new Set<string>();
      for (const [name, previous] of before) {
        if (!isAwaited(scope, name)) continue;
        if (isWhole) {
          keep(scope, name, undefined);
          continue;
        }
        lost.add(name);
        if (previous) Object.defineProperty(scope, name, previous);
        else delete scope[name];
      }
      before.clear();
      for (const name of imports) keep(scope, name, scope[name]);
      return lost;
    },
  };
}

const awaited = new WeakSet<() => unknown>();

/** A name that is nothing until the cell assigns it; from then on it is a plain property, as quick as any. */
function awaitAssignment(scope: Record<string, unknown>, name: string): void {
  let isFirst = true;
  const get = (): undefined => undefined;
  awaited.add(get);
  const set = (value: unknown): void => {
    if (!isFirst) keep(scope, name, value);
    isFirst = false;
  };
  Object.defineProperty(scope, name, { get, set, enumerable: true, configurable: true });
}

function isAwaited(scope: Record<string, unknown>, name: string): boolean {
  const get = Object.getOwnPropertyDescriptor(scope, name)?.get;
  return get !== undefined && awaited.has(get);
}

function keep(scope: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(scope, name, { value, writable: true, enumerable: true, configurable: true });
}
