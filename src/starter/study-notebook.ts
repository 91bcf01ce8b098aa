/** The notebook of a new study: from a look at a file and a draft of its schema to a study that can be distilled. */
import type { Notebook } from '../notebook/notebook.js';
import { notebookOf } from './cells.js';
import { modellingCells } from './modelling-cells.js';
import { openingCells } from './opening-cells.js';
import type { StarterPlan } from './plan.js';

/** The notebook; it runs from the top as it stands. */
export function studyNotebook(plan: StarterPlan): Notebook {
  return notebookOf([...openingCells(plan), ...modellingCells(plan)], { data: [plan.look.file] });
}
