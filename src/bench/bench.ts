/** The contract of the room: a comparison is data; each of its contenders is a program that runs in its own process. */
import type { Json, JsonObject } from '../json.js';

/** A program that does the work and tells how long it took; see `programs/measure.ts` and `peers/measure.py`. */
export interface Contender {
  /** Shown in the table: "alambique", "pandas 3.1.1". The first of a case is ours; ratios are against it. */
  readonly name: string;
  readonly kind: 'node' | 'python';
  /** A file of `src/bench/programs` (without .ts) or of `src/bench/peers` (without .py). */
  readonly program: string;
  /** Given to the program beside the case's input. */
  readonly settings?: JsonObject;
}

/** One piece of work that all contenders do. */
export interface Case {
  readonly name: string;
  readonly input: JsonObject;
  readonly contenders: readonly Contender[];
  /** How often each contender is started: A B A B … (by default 5). */
  readonly rounds?: number;
  /** Repetitions inside one process before any counts (by default 3), and those that count (by default 5). */
  readonly warmups?: number;
  readonly repeats?: number;
  /** What ours may take; the bench fails above it. */
  readonly limit?: Limit;
  /**
   * True where the time is that of the whole process, from its start to its end, and the program does its work once:
   * state neither warmups nor repeats then.
   */
  readonly wholeProcess?: boolean;
  /** Where cases differ in size alone: how many rows, and how many trees are fitted; the page shows how time grows. */
  readonly size?: { readonly rows: number; readonly trees: number };
  /** True where scores alone are compared: the page shows no times. */
  readonly scoresOnly?: boolean;
  /**
   * What our scores may not fall short of, by the score's name; the bench fails where they do. Answers are then
   * `{ scores: { AUC: 0.8 } }`, and the page shows them.
   */
  readonly floors?: { readonly [score: string]: Floor };
  /** Throws where the contenders' answers show that they did not do the same work. */
  agree?(answers: readonly { readonly name: string; readonly answer: Json }[]): void;
}

/** What ours may take; all that are stated must hold. */
export interface Limit {
  readonly seconds?: number;
  readonly peakBytes?: number;
  /** Seconds of the first, cold run. */
  readonly first?: number;
  /** How many times the time of a peer, by its name: `{ lightgbm: 1.3 }`. */
  readonly timesPeer?: { readonly [peer: string]: number };
  /** The same of processor time. */
  readonly timesPeerCpu?: { readonly [peer: string]: number };
  /** How many seconds the slowest hundredth may take longer than a peer's. */
  readonly p99OverPeer?: { readonly [peer: string]: number };
}

/** Bounds of a score; all that are stated must hold. */
export interface Floor {
  readonly min?: number;
  readonly max?: number;
  /** How far it may be below the best of the peers. */
  readonly belowPeers?: number;
}

/** What a comparison is given to prepare its cases. */
export interface BenchTools {
  /** A folder for made files, outside version control. */
  readonly folder: string;
  /** The path of a data set, or a `Problem` that says where it was looked for. */
  data(file: string): string;
  say(line: string): void;
}

/** A file in `comparisons/` exports one of these as `comparison`. */
export interface Comparison {
  /** `npm run bench -- name`. */
  readonly name: string;
  /** One sentence: what is compared, and what is not. */
  readonly what: string;
  cases(tools: BenchTools): Promise<readonly Case[]>;
  /** The list of its peers' packages, where they cannot stand beside those of `requirements.txt`: a file of `src/bench/peers`. */
  readonly requirements?: string;
}

/** What one process reports. */
export interface Report {
  /** Seconds of each repetition that counted. */
  readonly seconds: readonly number[];
  /** Processor seconds of the same repetitions, over all threads; steadier than time on a busy machine. */
  readonly cpuSeconds: readonly number[];
  /** Seconds of the very first one, cold. */
  readonly first: number;
  /** The largest resident set of the process. */
  readonly peakBytes: number;
  /** Seconds below which 99 of 100 answers stay, of each repetition that counted; where the work is many answers. */
  readonly p99?: readonly number[];
  /** What came out, small, to be compared between contenders. */
  readonly answer: Json;
}

/** A contender's numbers over all rounds. */
export interface Measurement {
  readonly name: string;
  /** Over the medians of the rounds: their median and quartiles, in seconds. */
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** Median processor seconds. */
  readonly cpu: number;
  /** Median of the cold first repetitions, in seconds. */
  readonly first: number;
  /** The largest over the rounds. */
  readonly peakBytes: number;
  /** Over the medians of the rounds: their median, in seconds. */
  readonly p99?: number;
  /** Median over the rounds of this contender's time divided by ours in the same round; 1 for ours. */
  readonly ratio: number;
  /** What it reached, by the score's name, where the answers say. */
  readonly scores?: { readonly [score: string]: number };
  readonly rounds: readonly Report[];
}

/** The outcome of a comparison, as kept in `reports/bench`. */
export interface BenchResult {
  readonly name: string;
  readonly what: string;
  readonly machine: string;
  readonly day: string;
  readonly cases: readonly {
    readonly name: string;
    readonly scoresOnly?: boolean;
    readonly size?: Case['size'];
    readonly measurements: readonly Measurement[];
    /** Contenders that could not run, with the reason. */
    readonly skipped: readonly string[];
    /** What was over its limit, as sentences. */
    readonly failures: readonly string[];
  }[];
}
