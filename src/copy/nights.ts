/** The contract of a place that nights are copied to: whole nights only, each published once. */
import type { Attempt } from './attempt.js';
import type { NightManifest } from './night-manifest.js';

/** The nights of a copy. */
export interface Nights {
  /** Dates of the nights that are published, the earliest first. */
  dates(): Promise<readonly string[]>;
  /** The manifest of a published night; undefined where there is none. */
  manifest(date: string): Promise<NightManifest | undefined>;
  /** The date that `latest` shows. */
  latest(): Promise<string | undefined>;
  /** Makes `latest` show a published night. */
  moveLatest(date: string): Promise<void>;
  /** Begins to write a night aside, where no reader looks. */
  begin(attempt: Attempt): Promise<NightAside>;
  /** Removes the nights before that date but the one that `latest` shows, and what is in quarantine: first for readers, then the files. Their dates. */
  removeBefore(oldest: string): Promise<readonly string[]>;
  /** Removes what was begun before `before` and neither published nor discarded. */
  sweep(before: Date): Promise<void>;
  /** The address of a file of a night, for readers. */
  addressOf(date: string, file: string): string;
}

/** What was written: its path from the folder of the night, its length and its hash. */
export interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A night that is being written. */
export interface NightAside {
  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<WrittenFile>;
  /** Publishes the whole night at once; false where another was published meanwhile, and this one is discarded. */
  publish(manifest: NightManifest): Promise<boolean>;
  /** Keeps it where no reader looks for nights; the address. */
  quarantine(manifest: NightManifest): Promise<string>;
  discard(): Promise<void>;
}

/** The name of a night's folder. */
export const datePattern: RegExp = /^\d{4}-\d{2}-\d{2}$/;
