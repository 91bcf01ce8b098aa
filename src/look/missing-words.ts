/** Texts that people write where there is no value. */

/** They mean nothing else in any column. */
const SURE: ReadonlySet<string> = new Set([
  'na',
  'n/a',
  '#n/a',
  '<na>',
  'nan',
  'null',
  '#null!',
  '(null)',
  'nil',
  '?',
  '??',
  '???',
  '-',
  '--',
  '.',
  '\\n',
]);

/** They may be a level of their own: taken for no value only among numbers and dates. */
const LIKELY: ReadonlySet<string> = new Set(
  `none,missing,unknown,unspecified,undefined,(none),(missing),(unknown),(blank),empty,void,tbd,not available,no data,n/d,nd,s/d,
  sin dato,sin datos,desconocido,no disponible,no consta,k.a.,keine,keine angabe,unbekannt,inconnu,non renseigné,nc,
  sem dados,desconhecido,n.d.,sconosciuto`.split(/,\s*/),
);

/** 'sure' for words that always mean "no value", 'likely' for those that may be a level, else undefined. */
export function missingWord(text: string): 'sure' | 'likely' | undefined {
  const word = text.trim().toLowerCase();
  if (word === '' || SURE.has(word)) return 'sure';
  return LIKELY.has(word) ? 'likely' : undefined;
}
