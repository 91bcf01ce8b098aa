/** What to do about errors that everybody makes once: a forgotten `await`, a model that has not been fitted. */

const awaitHint = (what: string): string =>
  `${what} is a promise: write \`await\` before the call that gives it.`;
const fitHint = (what: string): string =>
  `${what} has not learned yet: \`fit\` gives what can predict, as in \`const model = pipe.fit(train)\`.`;

/** What the compiler says of a promise that is taken for what it promises. */
const onPromise =
  /(?:on type|this|^Argument of type|^Type) 'Promise<|'Promise<.*' (?:must have|is not an array type)/;
const unfitted = "'(?:Tuned)?(?:Pipeline|Learner|Recipe)'";
const onUnfitted = [
  new RegExp(
    `^Property '(?:predict|explain|score|features|transform|levels|target)' does not exist on type ${unfitted}`,
  ),
  new RegExp(`type ${unfitted} is .*'Fitted|^Type ${unfitted} is missing .* 'Fitted`),
];

/** For complaints of the compiler. */
export function compileHint(complaints: readonly string[]): string | undefined {
  if (complaints.some((text) => onPromise.test(text))) return awaitHint('This');
  if (onUnfitted.some((pattern) => complaints.some((text) => pattern.test(text)))) return fitHint('This');
  return undefined;
}

/** For an error that was thrown in this line of a cell; `variables` are those of all cells, by name. */
export function thrownHint(
  { ename, evalue }: { ename: string; evalue: string },
  { line, variables }: { line: string; variables: Readonly<Record<string, unknown>> },
): string | undefined {
  if (ename !== 'TypeError' && ename !== 'Problem') return undefined;
  const words = [...line.matchAll(/(?<![\w$.'"`]|await\s+)[A-Za-z_$][\w$]*/g)].map(([word]) => word);
  const promise = words.find((word) => Object.hasOwn(variables, word) && isPromise(variables[word]));
  if (promise !== undefined) return awaitHint(`\`${promise}\``);
  const [, owner] =
    /^(?:\w+\.)*?(\w+)\.(?:predict|explain|score|features|transform) is not a function/.exec(evalue) ?? [];
  const value = owner === undefined || !Object.hasOwn(variables, owner) ? undefined : variables[owner];
  return typeof (value as { fit?: unknown } | undefined)?.fit === 'function'
    ? fitHint(`\`${owner}\``)
    : undefined;
}

/** For a cell that ends with a promise. */
export function resultHint(value: unknown): string | undefined {
  return isPromise(value) ? 'This is a promise: write `await` before it to wait for its value.' : undefined;
}

function isPromise(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Promise]';
}
