/** The kinds of time column that a panel may declare: hour, day, week, month, quarter, year, counted periods, or found in the file. */
import type { DateFormat } from '../../table/date-text.js';
import type { Every } from './panel.js';

/** What a time column may say of itself. */
export interface TimeOptions {
  /** How the file writes it; ISO 8601 by default. "2020-W53" for weeks, "2020-Q4", "2020-12" and "2020" are read as well. */
  readonly format?: DateFormat;
}

/** A column of periods: its name, and how long they are. */
export interface TimeType extends TimeOptions {
  readonly kind: 'time';
  readonly name: string;
  readonly every: Every | 'counted' | 'found';
}

/**
 * Hours. Write them in UTC or with their offset ("2026-10-25T02:00+01:00"): on the day when clocks are put back, an hour of
 * local time comes twice.
 *
 * @example
 * hour('time').every // → 'hour'
 */
export function hour(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'hour', name, ...options };
}

/**
 * Days.
 *
 * @example
 * day('ds', { format: 'dmy' }).every // → 'day'
 */
export function day(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'day', name, ...options };
}

/**
 * Weeks, by a day of each, always the same day of the week, or as ISO weeks ("2020-W53").
 *
 * @example
 * week('week').every // → 'week'
 */
export function week(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'week', name, ...options };
}

/**
 * Months, by any day of each.
 *
 * @example
 * month('ds').every // → 'month'
 */
export function month(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'month', name, ...options };
}

/**
 * Quarters, by any day of each.
 *
 * @example
 * quarter('ds').every // → 'quarter'
 */
export function quarter(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'quarter', name, ...options };
}

/**
 * Years, by any day of each or as numbers.
 *
 * @example
 * year('ds').every // → 'year'
 */
export function year(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'year', name, ...options };
}

/**
 * Periods that are only counted: 1, 2, 3, … They have no calendar and no season, unless the panel states one.
 *
 * @example
 * counted('step').every // → 'counted'
 */
export function counted(name: string): TimeType {
  return { kind: 'time', every: 'counted', name };
}

/**
 * Periods whose length the file tells: the longest of hour, day, week, month, quarter and year in which no two of its times
 * fall together; whole numbers are counted.
 *
 * @example
 * periods('ds').every // → 'found'
 */
export function periods(name: string, options: TimeOptions = {}): TimeType {
  return { kind: 'time', every: 'found', name, ...options };
}
