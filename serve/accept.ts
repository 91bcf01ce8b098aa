/** What a client accepts: the header `Accept` with its weights (RFC 9110, section 12.5.1). */

interface Range {
  /** A type, or a wildcard. */
  readonly name: string;
  readonly weight: number;
}

/**
 * The one of these types that the client likes best; undefined where it takes none. Of equals the one that it names, then the one
 * that it names first, then the first of these.
 */
export function preferredType<Type extends string>(
  accept: string | undefined,
  types: readonly Type[],
): Type | undefined {
  const ranges = rangesOf(accept ?? '*/*');
  const rangeOf = (name: string): Range | undefined => ranges.find((range) => range.name === name);
  const liked = types.flatMap((type) => {
    // What is said of the type itself goes before what is said of many.
    const range = rangeOf(type) ?? rangeOf(`${type.split('/')[0]}/*`) ?? rangeOf('*/*');
    return range && range.weight > 0 ? [{ type, range, isNamed: range.name === type }] : [];
  });
  liked.sort(
    (a, b) =>
      b.range.weight - a.range.weight ||
      Number(b.isNamed) - Number(a.isNamed) ||
      ranges.indexOf(a.range) - ranges.indexOf(b.range),
  );
  return liked[0]?.type;
}

function rangesOf(accept: string): readonly Range[] {
  return accept
    .toLowerCase()
    .split(',')
    .map((part): Range => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { name, weight: weight === undefined ? 1 : Number(weight) || 0 };
    });
}
