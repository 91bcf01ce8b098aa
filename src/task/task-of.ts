/** The task of a kind of target. */
import type { Schema } from '../schema/schema.js';
import type { TargetKind } from '../table/matrix.js';
import { categoryTask } from './category.js';
import { numberTask } from './number.js';
import type { Task } from './task.js';
import { yesNoTask } from './yes-no.js';

const tasks: Readonly<Record<TargetKind, Task>> = {
  yesNo: yesNoTask,
  number: numberTask,
  category: categoryTask,
};

/** Every task there is. */
export const allTasks: readonly Task[] = Object.values(tasks);

/** The task of a schema's target. */
export function taskOf({ target }: Pick<Schema, 'target'>): Task {
  return tasks[target.type.kind];
}

/** The task of a kind, as an artefact keeps it. */
export function taskOfKind(kind: TargetKind): Task {
  return tasks[kind];
}
