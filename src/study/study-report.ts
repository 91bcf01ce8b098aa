/** What a study found, as plain data: the only thing that pages, cards and `/metadata` are made from. */
import type { ContributionUnit } from '../models/models.js';
import type { TargetKind } from '../table/matrix.js';
import type { Details } from '../task/details.js';
import type { Estimate } from '../task/predictions.js';
import type { Means } from '../task/task.js';

/** A stretch of rows: a month, or the whole. */
export interface SegmentRow {
  readonly name: string;
  readonly rows: number;
  /** Share of yes among them, or the mean of the target; null where it has none. */
  readonly rate: number | null;
  /** AUC within the stretch; null where it holds one class only, or where nothing was predicted. */
  readonly auc?: number | null;
}

/** One finding of the leakage audit. */
export interface FindingRow {
  readonly code: string;
  readonly severity: 'leak' | 'suspect' | 'note';
  readonly columns: readonly string[];
  readonly what: string;
  readonly remedy: string;
  /** What keeps it from doing harm already, as a clause. */
  readonly contained?: string;
  /** The written reason, where it was waived. */
  readonly waived?: string;
}

/** What a suspect is worth: the score with and without it, on the same rows. */
export interface PriceRow {
  readonly suspect: string;
  readonly without: Estimate;
  readonly with: Estimate;
  /** with minus without, paired. */
  readonly difference: Estimate;
}

/** A dishonest way of scoring and what it pretends. */
export interface DemonstrationRow {
  readonly way: string;
  readonly meaning: string;
  /** What it claims, by metric; and what the same model has on rows that it had no part in. */
  readonly scores: { readonly [metric: string]: number };
  readonly honest: { readonly [metric: string]: number };
}

/** A question, and the two candidates that answer it. */
export interface AblationRow {
  readonly question: string;
  /** The candidate that stands for yes, and the one it is compared with. */
  readonly tried: string;
  readonly against: string;
  /** The deciding score of the first less that of the second, paired; null where one of them was not judged. */
  readonly difference: Estimate | null;
  readonly verdict: 'helps' | 'does harm' | 'no clear difference' | 'not judged';
}

/** A protocol under which the candidates were raced. */
export interface ProtocolNote {
  readonly name: string;
  readonly kind: 'random' | 'grouped' | 'ordered';
  readonly meaning: string;
  /** Which rows took part: "the first 31,647 rows". */
  readonly rows: string;
  /** True for the one that the choice was made by. */
  readonly decides: boolean;
}

/** A candidate: its scores, keyed by protocol name, then by score name. */
export interface LeaderboardRow {
  readonly name: string;
  readonly scores: { readonly [protocol: string]: { readonly [score: string]: Estimate } };
  readonly chosen: boolean;
}

/** One policy and what it would have done on the holdout rows. */
export interface PolicyRow {
  readonly name: string;
  /** In words: "call when the probability is at least .23". */
  readonly words: string;
  /** Null where no cut-off decides. */
  readonly cutoff: number | null;
  /** Of the rows, list by list where the policy has a capacity. */
  readonly shareActedOn: number;
  /** The share that the cut-off alone would act on, row by row; null where there is none. */
  readonly shareByCutoff: number | null;
  /** The share of rows that there is time for; null where the policy has no capacity. */
  readonly capacity: number | null;
  readonly precision: number;
  readonly recall: number;
  /** Null where the policy decides for a class. */
  readonly f1: number | null;
  /** In the policy's currency; null where it has no money in it. */
  readonly profit: number | null;
  readonly chosen: boolean;
}

/** How much a column moves the served model's answer, on average over the holdout rows. */
export interface ImportanceRow {
  readonly column: string;
  readonly meanAbsoluteContribution: number;
}

/** Everything that a study found. Finite numbers only; null where a number does not exist. */
export interface StudyReport {
  readonly format: 2;
  readonly study: {
    readonly name: string;
    readonly title: string;
    readonly question: string;
    readonly moment: string;
    readonly target: string;
    /** What is predicted: yes or no, a number, or one of several classes. */
    readonly task: TargetKind;
    /** What a prediction is, for people: "Probability of yes". */
    readonly predicts: string;
  };
  readonly data: {
    readonly name: string;
    readonly sha256: string;
    /** True where no person stands behind the rows; every page must say so first. */
    readonly simulated: boolean;
    readonly rows: number;
    /** The target in a few words: "11.7 % of them yes". */
    readonly target: string;
    /** The share of yes, or the mean of the target; null where it has none. */
    readonly baseRate: number | null;
    readonly ordered: boolean;
    readonly columns: readonly {
      readonly name: string;
      readonly kind: string;
      readonly unit?: string;
      readonly known: string;
      readonly because?: string;
    }[];
    /** In the order of the rows. */
    readonly segments: readonly SegmentRow[];
  };
  readonly audit: readonly FindingRow[];
  /** In what prices and dishonest scores are told; the first is the price. */
  readonly leakageMetrics: readonly string[];
  readonly price: readonly PriceRow[];
  readonly demonstrations: readonly DemonstrationRow[];
  readonly protocols: readonly ProtocolNote[];
  /** Why the protocols differ, in words that follow from the numbers. */
  readonly whyTheyDiffer: string;
  /** Best first by the deciding protocol and score. */
  readonly leaderboard: readonly LeaderboardRow[];
  /** Candidates that could not be judged, and why. */
  readonly failures: readonly { readonly name: string; readonly why: string }[];
  /** Names of the scores by which candidates are compared, the deciding one first; empty where there was no race. */
  readonly scores: readonly string[];
  /** Where F1 and its like say yes, as a sentence; null where no score acts. */
  readonly cutoff: string | null;
  readonly choice: { readonly name: string; readonly learner: string; readonly why: string };
  /** The stretch that was held out, scored once, for the chosen model only. */
  readonly holdout: {
    readonly rows: number;
    readonly words: string;
    /** What was predicted on average and what came true; null where a mean says nothing. */
    readonly means: Means | null;
    /** The score that a user will see on a working day: of ranking, within each segment where the study names them. */
    readonly headline: string;
    readonly scores: { readonly [score: string]: Estimate };
    readonly segments: readonly SegmentRow[];
    /** Curves, errors or a confusion table: what the kind of target has. */
    readonly details: Details;
    /** In what importance is told; null where there is none. */
    readonly importanceUnit: ContributionUnit | null;
    readonly importance: readonly ImportanceRow[];
  };
  readonly policies: readonly PolicyRow[];
  /** What was tried, and whether it helped. */
  readonly ablations: readonly AblationRow[];
  readonly seed: number;
  /** Version of the program that ran. */
  readonly program: string;
}
