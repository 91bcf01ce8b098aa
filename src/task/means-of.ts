/** The means of what was predicted and of what came true. */
import type { Targets } from '../table/matrix.js';
import type { Means } from './task.js';

/** Of targets whose mean says something; `predicted` may hold bounds of intervals behind each number. */
export function meansOf(targets: Targets, predicted: Float64Array, words: Means['words']): Means {
  const width = predicted.length / targets.length;
  let [said, came] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    said += predicted[i * width]!;
    came += targets[i]!;
  }
  return { predicted: said / targets.length, true: came / targets.length, words };
}
