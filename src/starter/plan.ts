/** What a new study is made of: decided once, from the draft, for all cells. */
import type { SchemaDraft } from '../look/draft-schema.js';
import type { ColumnLook, Look } from '../look/look.js';
import type { TargetKind } from '../table/matrix.js';

/** The plan of a study. */
export interface StarterPlan {
  readonly name: string;
  readonly look: Look;
  readonly draft: SchemaDraft;
  readonly kind: TargetKind;
  /** In the words of who asks; undefined where nobody said it. */
  readonly question: string | undefined;
  /** What race, metrics and policies are, by the kind of target. */
  readonly task: TaskPlan;
  /** The protocol that decides, and the optimistic one to show beside it. */
  readonly protocol: ProtocolPlan;
  /** The column in whose stretches of time, or months, scores are taken, too. */
  readonly segments: string | undefined;
  /** Whether SMOTE has rows enough to race. */
  readonly withSmote: boolean;
  /** Whether danfo can be imported where the notebook will run. */
  readonly withDanfo: boolean;
}

/** What depends on the kind of target. */
export interface TaskPlan {
  /** Candidates as code, the simplest first; `plain` and `forTrees` are the recipes. */
  readonly candidates: readonly string[];
  /** Metrics that decide and are shown, as code. */
  readonly metrics: readonly string[];
  /** Policies as code by name. */
  readonly policies: readonly (readonly [name: string, code: string])[];
  /** What all this imports. */
  readonly names: readonly string[];
  question(target: string, yes: string | undefined): string;
}

const tasks: Readonly<Record<TargetKind, TaskPlan>> = {
  yesNo: {
    candidates: [
      'pipeline(plain, baseline())',
      'pipeline(plain, withCalibration(naiveBayes()))',
      'pipeline(plain, logistic())',
      'pipeline(forTrees, boosting({ trees: 100, leaves: 15 }))',
    ],
    metrics: ['aucWithinFolds', 'f1', 'brier'],
    policies: [
      ['best F1', 'byF1()'],
      ['cut-off of one half', 'atCutoff(0.5)'],
    ],
    names: [
      'baseline',
      'naiveBayes',
      'withCalibration',
      'logistic',
      'boosting',
      'aucWithinFolds',
      'f1',
      'brier',
      'byF1',
      'atCutoff',
    ],
    question: (target, yes) => `Which rows will say "${yes}" in "${target}"?`,
  },
  number: {
    candidates: [
      'pipeline(plain, baseline())',
      'pipeline(plain, ridge())',
      'pipeline(forTrees, boosting({ trees: 100, leaves: 15 }))',
    ],
    metrics: [],
    policies: [],
    names: ['baseline', 'ridge', 'boosting'],
    question: (target) => `How much will "${target}" be?`,
  },
  category: {
    candidates: [
      'pipeline(plain, baseline())',
      'pipeline(plain, naiveBayes())',
      'pipeline(plain, logistic())',
      'pipeline(forTrees, boosting({ trees: 60, leaves: 15 }))',
    ],
    metrics: [],
    policies: [['the most likely class', 'byMostLikely()']],
    names: ['baseline', 'naiveBayes', 'logistic', 'boosting', 'byMostLikely'],
    question: (target) => `Which "${target}" will it be?`,
  },
};

/** How candidates are judged. */
export interface ProtocolPlan {
  readonly deciding: string;
  readonly optimistic: string | undefined;
  readonly names: readonly string[];
  /** Why, as a sentence. */
  readonly why: string;
}

function protocolOf({ schema }: SchemaDraft): ProtocolPlan {
  const shuffled = 'stratifiedFolds({ folds: 5, seed: 7 })';
  if (schema.order !== undefined) {
    return {
      deciding: 'forwardChaining({ folds: 4 })',
      optimistic: shuffled,
      names: ['forwardChaining', 'stratifiedFolds'],
      why: 'The rows stand in time order, so each model learns from the past and is judged on what comes next. A shuffle stands beside it, as a warning.',
    };
  }
  if (schema.group !== undefined) {
    return {
      deciding: 'groupedFolds({ folds: 5, seed: 7 })',
      optimistic: shuffled,
      names: ['groupedFolds', 'stratifiedFolds'],
      why: `Rows of one \`${schema.group}\` belong together, so no model is judged on one that it has met. A shuffle stands beside it, as a warning.`,
    };
  }
  return {
    deciding: shuffled,
    optimistic: undefined,
    names: ['stratifiedFolds'],
    why: 'Neither a time order nor groups show in the file, so rows are shuffled. If the file has an order, declare it: a shuffle flatters.',
  };
}

/** So many rows of the rarer answer leave each fold enough neighbours. */
const FEWEST_FOR_SMOTE = 100;

/** Plans a study from a look and a draft. */
export function planStudy(given: {
  name: string;
  look: Look;
  draft: SchemaDraft;
  question: string | undefined;
  withDanfo: boolean;
}): StarterPlan {
  const { look, draft } = given;
  const { kind } = draft.schema.target.type;
  const target = targetLook(look, draft);
  const rarer = Math.min(...target.levels.slice(0, 2).map(({ rows }) => rows));
  return {
    ...given,
    kind,
    task: tasks[kind],
    protocol: protocolOf(draft),
    segments: segmentsOf(given),
    withSmote: kind === 'yesNo' && target.levels.length === 2 && rarer >= FEWEST_FOR_SMOTE,
  };
}

function segmentsOf({ look, draft: { schema } }: { look: Look; draft: SchemaDraft }): string | undefined {
  const column = schema.order === undefined ? undefined : look.order?.column;
  return column === schema.target.name ? undefined : column;
}

/** What was seen of the target. */
export function targetLook(look: Look, { schema }: SchemaDraft): ColumnLook {
  return look.columns.find(({ name }) => name === schema.target.name)!;
}

/** The question in a sentence: as it was said, else of the target. */
export function questionOf({ question, task, draft: { schema } }: StarterPlan): string {
  if (question !== undefined) return question;
  const { name, type } = schema.target;
  return task.question(name, type.kind === 'yesNo' ? type.yes : undefined);
}
