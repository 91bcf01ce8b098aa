/** The text by which a learner or a model names itself inside another's text. */

import { print } from '../table/print.js';
import type { Learner, Model } from './models.js';

/** Its own text where it has one, else its name or kind. */
export function describe(object: Learner | Model): string {
  const printed = (object as { [print]?: () => string })[print];
  if (printed) return printed.call(object);
  return 'name' in object ? object.name : object.kind;
}
