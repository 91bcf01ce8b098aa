/** Which of two texts means yes. */

const pairs: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['true', 'false'],
  ['t', 'f'],
  ['1', '0'],
  ['1.0', '0.0'],
  ['on', 'off'],
  ['ja', 'nein'],
  ['j', 'n'],
  ['si', 'no'],
  ['sí', 'no'],
  ['s', 'n'],
  ['oui', 'non'],
  ['sim', 'não'],
];

/** What stands at the front of a text that says no. */
const noWords = /^(?:no|not|non|in|un|dis)[\s_-]?/;

/** The two texts as yes and no, where they are a known pair of answers. */
export function answersOf(texts: readonly string[]): { yes: string; no: string } | undefined {
  if (texts.length !== 2) return undefined;
  const find = (word: string): string | undefined =>
    texts.find((text) => text.trim().toLowerCase().normalize('NFC') === word);
  for (const [yes, no] of pairs) {
    const [found, other] = [find(yes), find(no)];
    if (found !== undefined && other !== undefined) return { yes: found, no: other };
  }
  return undefined;
}

/**
 * Any two texts as yes and no: a known pair, "churned" before "not churned", ">50K" before "<=50K", else the rarer one
 * is yes, for that is what people look for.
 */
export function outcomesOf(levels: readonly { readonly level: string; readonly rows: number }[]): {
  yes: string;
  no: string;
  why: string;
} {
  const texts = levels.map(({ level }) => level);
  const known = answersOf(texts);
  if (known) return { ...known, why: `"${known.yes}" says yes by itself` };
  const [a = '', b = ''] = texts;
  const bare = (text: string): string => text.trim().toLowerCase();
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (noWords.test(bare(other)) && bare(other).replace(noWords, '') === bare(one)) {
      return { yes: one, no: other, why: `"${other}" is its opposite` };
    }
    if (/^>/.test(one.trim()) && /^<|^≤/.test(other.trim())) {
      return { yes: one, no: other, why: `"${one}" is the higher one` };
    }
  }
  const [rare, common] = [...levels].sort((x, y) => x.rows - y.rows).map(({ level }) => level) as [
    string,
    string,
  ];
  return { yes: rare, no: common, why: `"${rare}" is the rarer one` };
}
