/** Which models are meant where a command names none. */
import { setting } from '../config/read-settings.js';
import { settings } from '../config/settings.js';
import type { Effects } from './command.js';
import { defaultStudy } from './studies/find-studies.js';

/** Those of ALAMBIQUE_MODEL where it is set, else the champion of the study that is meant. */
export function defaultReferences(effects: Effects): readonly string[] {
  return effects.env[settings.model.name] ? setting('model', effects) : [defaultStudy(effects)];
}

/** The first of them. */
export function defaultReference(effects: Effects): string {
  return defaultReferences(effects)[0] ?? defaultStudy(effects);
}
