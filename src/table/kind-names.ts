/** What each kind of target is called in sentences. */
import type { TargetKind } from './matrix.js';

export const kindNames: Readonly<Record<TargetKind, string>> = {
  yesNo: 'yes or no',
  number: 'a number',
  category: 'one of several classes',
};
