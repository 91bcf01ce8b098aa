/** What a client accepts: the header `Accept` with its weights (RFC 9110, section 12.5.1). */

interface Range {
  readonly type: string;
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
  const liked = types.flatMap((type) => {
    const wildcards = [type, `${type.split('/')[0]}/*`, '*/*'];
    // What is said of the type itself goes before what is said of many.
    const fits = wildcards
      .map((range) => ranges.findIndex((one) => one.type === range))
      .find((at) => at >= 0);
    const weight = fits === undefined ? 0 : ranges[fits]!.weight;
    return weight > 0 ? [{ type, weight, isNamed: ranges[fits!]!.type === type, place: fits! }] : [];
  });
  liked.sort((a, b) => b.weight - a.weight || Number(b.isNamed) - Number(a.isNamed) || a.place - b.place);
  return liked[0]?.type;
}

function rangesOf(accept: string): readonly Range[] {
  return accept
    .toLowerCase()
    .split(',')
    .map((part): Range => {
      const [type = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
    });
}
