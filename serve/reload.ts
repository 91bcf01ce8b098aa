/** Serves another version while running: where an alias points elsewhere, or where a signal asks for it. */
import { loadServed, resolveReference } from '../src/serving.js';
import type { Service } from './app.js';
import type { Log } from './log.js';

export interface ReloadOptions {
  /** As it was given: "bank-marketing" follows its champion. */
  readonly references: readonly string[];
  /** Where models are kept. */
  readonly folder: string;
  readonly log: Log;
  /** How often aliases are looked at. */
  readonly everyMs: number;
}

/** Watches until it is told to stop; a version that is refused is not tried again until something changes. */
export function watchReferences(
  service: Service,
  { references, folder, log, everyMs }: ReloadOptions,
): { check(again?: boolean): Promise<void>; stop(): void } {
  /** What was refused last, by reference. */
  const refused = new Map<string, { readonly wanted: string; readonly why: string }>();
  let last: Promise<void> = Promise.resolve();

  const checkOne = async (reference: string, again: boolean): Promise<void> => {
    const study = reference.replace(/@.*/, '');
    let wanted = reference;
    try {
      const { version } = resolveReference(reference, { folder });
      wanted = `${study}@${version}`;
      if (service.models.version(study) === version) {
        refused.delete(reference);
        return;
      }
      if (refused.get(reference)?.wanted === wanted && !again) return;
      const served = loadServed(wanted, { folder });
      if (served.model) await service.replace(served.model);
      else service.replaceForecasts(served.forecasts);
      refused.delete(reference);
      log.event('serving another version', { model: wanted });
    } catch (error) {
      const why = (error as Error).message;
      const before = refused.get(reference);
      if (before?.wanted === wanted && before.why === why && !again) return;
      refused.set(reference, { wanted, why });
      service.refuse(study);
      log.event('another version was refused, the old one goes on', {
        level: 'error',
        model: wanted,
        why,
      });
    }
  };
  const check = (again = false): Promise<void> => {
    last = last.then(async () => {
      for (const reference of references) await checkOne(reference, again);
    });
    return last;
  };
  const timer = setInterval(() => void check(), everyMs);
  timer.unref();
  return { check, stop: () => clearInterval(timer) };
}
