/** The audit of a panel: what it would tell a forecast that nobody knows yet. */
import { type Audit, auditOf } from '../../leakage/audit.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import type { PastRows } from '../past/past-rows.js';
import {
  declaredAfter,
  filledForward,
  followsTheFuture,
  knownHowFar,
  knownToTraining,
  toldByAttribute,
} from './panel-findings.js';

/** What an audit may look at beside the panel. */
export interface PanelAuditOptions {
  /** Rows that a model learns from and rows that judge it, both `step` periods ahead. */
  readonly split?: { readonly training: PastRows; readonly judged: PastRows; readonly step: number };
}

/**
 * Looks for columns that tell the future: P01, a column of `ahead` that follows its own period; P02, one that follows later ones; P03, a
 * target whose gaps were filled; P04, an attribute made of the whole panel; P05, what is declared late; P06, a column of `ahead` that ends with
 * the panel; P07, a split that does not respect time.
 *
 * @example
 * auditPanel(panel).ok // → true
 */
export function auditPanel(panel: DeclaredPanel, { split }: PanelAuditOptions = {}): Audit {
  const findings = [
    ...followsTheFuture(panel),
    ...filledForward(panel),
    ...toldByAttribute(panel),
    ...declaredAfter(panel),
    ...knownHowFar(panel),
    ...(split ? knownToTraining(panel, split) : []),
  ];
  const rowCount = panel.series.reduce((sum, { values }) => sum + values.length, 0);
  return auditOf(findings, { data: panel.source.name, rowCount });
}
