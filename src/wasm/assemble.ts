/** A small assembler: a module in WebAssembly text (folded, one type per function) to the bytes that Node compiles. */

type Expression = string | Expression[];

/**
 * The binary of a module written in WebAssembly text format: one imported memory, imported functions and own ones, folded
 * instructions from the table below, `block`, `loop`, `if`, `call`. Enough for the kernels of the trees; it throws on
 * anything it does not know. Source: WebAssembly Core Specification 2.0, chapters 5 and 6.
 */
export function assemble(text: string): Uint8Array<ArrayBuffer> {
  const module = parse(text)[0];
  if (!Array.isArray(module) || module[0] !== 'module') throw new SyntaxError('A (module …) was expected.');
  const fields = module.slice(1) as Expression[][];
  const imports = fields.filter(([kind]) => kind === 'import').map(readImport);
  const isFunction = (entry: { what: Expression[] }): boolean => entry.what[0] === 'func';
  const imported = imports.filter(isFunction).map(({ what }) => what);
  const own = fields.filter(([kind]) => kind === 'func');
  const callable = [...imported, ...own].map((field) => String(field[1]));
  const functions = own.map((field) => assembleFunction(field, callable));
  const exports = functions.flatMap(({ exported }, i) =>
    exported ? [[...exported, 0, ...unsigned(imported.length + i)]] : [],
  );
  const types = [
    ...imported.map((field) => assembleFunction(field, []).type),
    ...functions.map(({ type }) => type),
  ];
  let type = 0;
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(
      2,
      vector(
        imports.map((entry) => [
          ...entry.from,
          ...(isFunction(entry) ? [0, ...unsigned(type++)] : [2, ...limits(entry.what)]),
        ]),
      ),
    ),
    ...section(3, vector(functions.map(() => unsigned(type++)))),
    ...section(7, vector(exports)),
    ...section(10, vector(functions.map(({ code }) => [...unsigned(code.length), ...code]))),
  ]);
}

/** An import: the two names it comes under, and what it is. */
function readImport([, module, field, what]: Expression[]): { from: number[]; what: Expression[] } {
  return { from: [...name(module), ...name(field)], what: what as Expression[] };
}

function parse(text: string): Expression[] {
  const stack: Expression[][] = [[]];
  for (const [token] of text.replace(/;;.*/g, '').matchAll(/[()]|"[^"]*"|[^\s()]+/g)) {
    if (token === '(') stack.push([]);
    else if (token === ')') {
      const closed = stack.pop()!;
      stack.at(-1)!.push(closed);
    } else stack.at(-1)!.push(token);
  }
  if (stack.length !== 1) throw new SyntaxError('The parentheses do not match.');
  return stack[0]!;
}

interface AssembledFunction {
  readonly type: number[];
  /** Its name outside, where it has one. */
  readonly exported: number[] | undefined;
  readonly code: number[];
}

function assembleFunction(field: Expression[], functions: readonly string[]): AssembledFunction {
  const params: number[] = [];
  const results: number[] = [];
  const locals: number[] = [];
  const names: string[] = [];
  const body: number[] = [];
  let exported: number[] | undefined;
  for (const part of field.slice(1)) {
    if (typeof part === 'string') continue;
    const [head, first, type] = part as string[];
    if (head === 'export') exported = name(first);
    else if (head === 'result') results.push(valueType(first));
    else if (head === 'param' || head === 'local') {
      (head === 'param' ? params : locals).push(valueType(type));
      names.push(first!);
    } else instruction(part, { names, functions, labels: [] }, body);
  }
  const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
  return { type: [0x60, ...bytes(params), ...bytes(results)], exported, code };
}

interface Scope {
  names: readonly string[];
  functions: readonly string[];
  labels: readonly string[];
}

function instruction(expression: Expression, scope: Scope, out: number[]): void {
  if (typeof expression === 'string') throw new SyntaxError(`"${expression}" is not an instruction.`);
  const [head, ...rest] = expression as [string, ...Expression[]];
  const emit = (parts: readonly Expression[], labels = scope.labels): void => {
    for (const part of parts) instruction(part, { ...scope, labels }, out);
  };
  if (head === 'block' || head === 'loop') {
    out.push(head === 'block' ? 0x02 : 0x03, 0x40);
    emit(rest.slice(1), [rest[0] as string, ...scope.labels]);
    out.push(0x0b);
  } else if (head === 'if') {
    const [condition, then, otherwise] = rest as [Expression, Expression[], Expression[] | undefined];
    emit([condition]);
    out.push(0x04, 0x40);
    emit(then.slice(1), ['', ...scope.labels]);
    if (otherwise) {
      out.push(0x05);
      emit(otherwise.slice(1), ['', ...scope.labels]);
    }
    out.push(0x0b);
  } else if (head === 'br' || head === 'br_if') {
    emit(rest.slice(1));
    out.push(head === 'br' ? 0x0c : 0x0d, ...unsigned(indexOf(scope.labels, rest[0]!)));
  } else if (head === 'call') {
    emit(rest.slice(1));
    out.push(0x10, ...unsigned(indexOf(scope.functions, rest[0]!)));
  } else if (head.startsWith('local.')) {
    emit(rest.slice(1));
    const opcode = { 'local.get': 0x20, 'local.set': 0x21, 'local.tee': 0x22 }[head];
    out.push(opcode!, ...unsigned(indexOf(scope.names, rest[0]!)));
  } else if (head.endsWith('.const')) {
    const value = rest[0] as string;
    if (head === 'f64.const') out.push(0x44, ...new Uint8Array(new Float64Array([Number(value)]).buffer));
    else out.push(head === 'i32.const' ? 0x41 : 0x42, ...signed(BigInt(value)));
  } else {
    const operation = operations[head];
    if (!operation) throw new SyntaxError(`The assembler does not know "${head}".`);
    const immediate = typeof rest[0] === 'string' ? Number(rest[0].replace('offset=', '')) : 0;
    emit(rest.filter((part) => typeof part !== 'string'));
    out.push(...operation.opcode);
    if (operation.align !== undefined) out.push(operation.align, ...unsigned(immediate));
    if (operation.lane) out.push(immediate);
  }
}

// The opcode; for loads and stores the natural alignment as a power of two; for lanes that one is named.
const operations: Readonly<Record<string, { opcode: number[]; align?: number; lane?: true } | undefined>> = {
  'i32.load': { opcode: [0x28], align: 2 },
  'i64.load': { opcode: [0x29], align: 3 },
  'f64.load': { opcode: [0x2b], align: 3 },
  'i32.load8_u': { opcode: [0x2d], align: 0 },
  'i32.load16_s': { opcode: [0x2e], align: 1 },
  'i32.load16_u': { opcode: [0x2f], align: 1 },
  'i32.store': { opcode: [0x36], align: 2 },
  'i32.store8': { opcode: [0x3a], align: 0 },
  'i32.store16': { opcode: [0x3b], align: 1 },
  'i64.store': { opcode: [0x37], align: 3 },
  'f64.store': { opcode: [0x39], align: 3 },
  'i32.eqz': { opcode: [0x45] },
  'i32.eq': { opcode: [0x46] },
  'i32.ne': { opcode: [0x47] },
  'i32.lt_s': { opcode: [0x48] },
  'i32.lt_u': { opcode: [0x49] },
  'i32.gt_s': { opcode: [0x4a] },
  'i32.ge_s': { opcode: [0x4e] },
  'i32.le_u': { opcode: [0x4d] },
  'i32.ge_u': { opcode: [0x4f] },
  'i64.eqz': { opcode: [0x50] },
  'f64.eq': { opcode: [0x61] },
  'f64.ne': { opcode: [0x62] },
  'f64.lt': { opcode: [0x63] },
  'f64.gt': { opcode: [0x64] },
  'i32.ctz': { opcode: [0x68] },
  'i32.add': { opcode: [0x6a] },
  'i32.sub': { opcode: [0x6b] },
  'i32.mul': { opcode: [0x6c] },
  'i32.rem_u': { opcode: [0x70] },
  'i32.and': { opcode: [0x71] },
  'i32.or': { opcode: [0x72] },
  'i32.xor': { opcode: [0x73] },
  'i32.shl': { opcode: [0x74] },
  'i32.shr_s': { opcode: [0x75] },
  'i32.shr_u': { opcode: [0x76] },
  'i32.rotl': { opcode: [0x77] },
  'i64.popcnt': { opcode: [0x7b] },
  'i64.or': { opcode: [0x84] },
  'i64.xor': { opcode: [0x85] },
  'i64.shl': { opcode: [0x86] },
  'i64.shr_s': { opcode: [0x87] },
  'i64.shr_u': { opcode: [0x88] },
  'f64.nearest': { opcode: [0x9e] },
  'f64.add': { opcode: [0xa0] },
  'f64.sub': { opcode: [0xa1] },
  'f64.mul': { opcode: [0xa2] },
  'f64.div': { opcode: [0xa3] },
  'f64.max': { opcode: [0xa5] },
  'f64.neg': { opcode: [0x9a] },
  'i32.wrap_i64': { opcode: [0xa7] },
  'i32.trunc_f64_s': { opcode: [0xaa] },
  'i64.extend_i32_u': { opcode: [0xad] },
  'f64.convert_i32_s': { opcode: [0xb7] },
  'f64.convert_i64_s': { opcode: [0xb9] },
  'memory.copy': { opcode: [0xfc, 0x0a, 0, 0] },
  'memory.fill': { opcode: [0xfc, 0x0b, 0] },
  'v128.load': { opcode: [0xfd, 0x00], align: 4 },
  'v128.store': { opcode: [0xfd, 0x0b], align: 4 },
  'v128.load32_splat': { opcode: [0xfd, 0x09], align: 2 },
  'v128.load64_zero': { opcode: [0xfd, 0x5d], align: 3 },
  'v128.any_true': { opcode: [0xfd, 0x53] },
  'i32x4.splat': { opcode: [0xfd, 0x11] },
  'i32x4.extract_lane': { opcode: [0xfd, 0x1b], lane: true },
  'i32x4.replace_lane': { opcode: [0xfd, 0x1c], lane: true },
  'i32x4.bitmask': { opcode: [0xfd, 0xa4, 0x01] },
  'f32x4.convert_i32x4_s': { opcode: [0xfd, 0xfa, 0x01] },
  'f32x4.splat': { opcode: [0xfd, 0x13] },
  'f32x4.le': { opcode: [0xfd, 0x45] },
  'f32x4.add': { opcode: [0xfd, 0xe4, 0x01] },
  'f32x4.sub': { opcode: [0xfd, 0xe5, 0x01] },
  'f32x4.mul': { opcode: [0xfd, 0xe6, 0x01] },
  'f32x4.pmax': { opcode: [0xfd, 0xeb, 0x01] },
  'f32.demote_f64': { opcode: [0xb6] },
  'v128.and': { opcode: [0xfd, 0x4e] },
  'v128.or': { opcode: [0xfd, 0x50] },
  'f64x2.splat': { opcode: [0xfd, 0x14] },
  'f64x2.add': { opcode: [0xfd, 0xf0, 0x01] },
  'f64x2.sub': { opcode: [0xfd, 0xf1, 0x01] },
  'f64x2.mul': { opcode: [0xfd, 0xf2, 0x01] },
  'f64x2.div': { opcode: [0xfd, 0xf3, 0x01] },
  'f64x2.min': { opcode: [0xfd, 0xf4, 0x01] },
  'f64x2.pmin': { opcode: [0xfd, 0xf6, 0x01] },
  'f64x2.pmax': { opcode: [0xfd, 0xf7, 0x01] },
  'f64x2.max': { opcode: [0xfd, 0xf5, 0x01] },
  'i64x2.splat': { opcode: [0xfd, 0x12] },
  'i64x2.extract_lane': { opcode: [0xfd, 0x1d], lane: true },
  'i64x2.replace_lane': { opcode: [0xfd, 0x1e], lane: true },
  'f64x2.extract_lane': { opcode: [0xfd, 0x21], lane: true },
  'f64x2.replace_lane': { opcode: [0xfd, 0x22], lane: true },
  'f64x2.neg': { opcode: [0xfd, 0xed, 0x01] },
  'i64x2.shl': { opcode: [0xfd, 0xcb, 0x01] },
  'i64x2.add': { opcode: [0xfd, 0xce, 0x01] },
  'i64x2.sub': { opcode: [0xfd, 0xd1, 0x01] },
  'i64x2.extmul_low_i32x4_s': { opcode: [0xfd, 0xdc, 0x01] },
};

function valueType(type: string | undefined): number {
  const code = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b }[type ?? ''];
  if (code === undefined) throw new SyntaxError(`"${type}" is not a type of value.`);
  return code;
}

function limits([, low, high, shared]: Expression[]): number[] {
  return [shared === 'shared' ? 3 : 1, ...unsigned(Number(low)), ...unsigned(Number(high))];
}

function indexOf(names: readonly string[], wanted: Expression): number {
  const index = names.indexOf(wanted as string);
  if (index < 0) throw new SyntaxError(`Nothing is called "${String(wanted)}" here.`);
  return index;
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function bytes(values: readonly number[]): number[] {
  return [...unsigned(values.length), ...values];
}

function name(quoted: Expression | undefined): number[] {
  return bytes([...new TextEncoder().encode(String(quoted).slice(1, -1))]);
}

function unsigned(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    out.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return out;
}

function signed(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 127n);
    rest >>= 7n;
    const done = (rest === 0n && (low & 64) === 0) || (rest === -1n && (low & 64) !== 0);
    out.push(done ? low : low + 128);
    if (done) return out;
  }
}
