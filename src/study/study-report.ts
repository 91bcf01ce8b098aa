/** What a study found, as plain data: the only thing that pages, cards and `/metadata` are made from. */
import type { Point } from '../task/metrics/thin.js';
import type { Estimate } from '../task/predictions.js';

/** A stretch of rows: a month, or the whole. */
export interface SegmentRow {
  readonly name: string;
  readonly rows: number;
  /** Share of yes among them. */
  readonly rate: number;
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
  readonly auc: number;
  readonly f1: number;
  readonly honestAuc: number;
  readonly honestF1: number;
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

/** Curves on the holdout rows, thinned for drawing. */
export interface Curves {
  /** False positive rate, true positive rate. */
  readonly roc: readonly Point[];
  /** Recall, precision; by rising recall. */
  readonly precisionRecall: readonly Point[];
  /** Share of rows acted on, share of all yes reached. */
  readonly gains: readonly Point[];
  /** Share of rows acted on, how many times the base rate. */
  readonly lift: readonly Point[];
  /** Mean predicted probability, observed rate, of equal-count bins: as the learner gives it without correction. */
  readonly calibrationBefore: readonly Point[];
  /** The same as served. */
  readonly calibrationAfter: readonly Point[];
}

/** One policy and what it would have done on the holdout rows. */
export interface PolicyRow {
  readonly name: string;
  /** In words: "call when the probability is at least .23". */
  readonly words: string;
  readonly cutoff: number;
  readonly shareActedOn: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** In the policy's currency; null where it has no money in it. */
  readonly profit: number | null;
  readonly chosen: boolean;
}

/** How much a column moves the served model's log-odds, on average over the holdout rows. */
export interface ImportanceRow {
  readonly column: string;
  readonly meanAbsoluteContribution: number;
}

/** Everything that a study found. Finite numbers only; null where a number does not exist. */
export interface StudyReport {
  readonly format: 1;
  readonly study: {
    readonly name: string;
    readonly title: string;
    readonly question: string;
    readonly moment: string;
    readonly target: string;
  };
  readonly data: {
    readonly name: string;
    readonly sha256: string;
    /** True where no person stands behind the rows; every page must say so first. */
    readonly simulated: boolean;
    readonly rows: number;
    readonly baseRate: number;
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
  readonly price: readonly PriceRow[];
  readonly demonstrations: readonly DemonstrationRow[];
  readonly protocols: readonly ProtocolNote[];
  /** Why the protocols differ, in words that follow from the numbers. */
  readonly whyTheyDiffer: string;
  /** Best first by the deciding protocol and score. */
  readonly leaderboard: readonly LeaderboardRow[];
  /** Names of the scores, the deciding one first. */
  readonly scores: readonly string[];
  readonly choice: { readonly name: string; readonly learner: string; readonly why: string };
  /** The stretch that was holdout away, scored once, for the chosen model only. */
  readonly holdout: {
    readonly rows: number;
    readonly words: string;
    readonly baseRate: number;
    readonly meanProbability: number;
    readonly scores: { readonly [score: string]: Estimate };
    /** AUC within the segments, pair-weighted. */
    readonly withinSegments: number | null;
    readonly segments: readonly SegmentRow[];
    readonly curves: Curves;
    readonly importance: readonly ImportanceRow[];
  };
  readonly policies: readonly PolicyRow[];
  /** What was tried and helped or did not, as sentences. */
  readonly ablations: readonly string[];
  readonly seed: number;
  /** Version of the program that ran. */
  readonly program: string;
}
