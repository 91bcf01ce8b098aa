/** What an audit found: findings with evidence, leaks first; prints itself and turns into plain data. */
import type { JsonObject } from '../json.js';
import { listNames } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import { formatNumber, print } from '../table/print.js';
import { sheetHtml, withHtml } from '../table/sheet.js';
import type { Finding, Severity } from './leakage.js';

/** The result of `auditLeakage`. */
export interface Audit {
  /** The data's name: "bank-full.csv". */
  readonly data: string;
  readonly rowCount: number;
  /** Leaks, then suspects, then notes; by code; those waived last. */
  readonly findings: readonly Finding[];
  /** Leaks and suspects that are neither waived nor contained: somebody must look at them. */
  readonly open: readonly Finding[];
  /** True where no leak is open. Suspects may be: they ask a question, they do not answer it. */
  readonly ok: boolean;
  /** Waivers that met no finding: stale, and to be taken out. */
  readonly unusedWaivers: readonly string[];
  toJSON(): JsonObject;
  toString(): string;
}

/** Makes an audit from findings in any order. */
export function auditOf(
  found: readonly Finding[],
  about: { data: string; rowCount: number; unusedWaivers?: readonly string[] },
): Audit {
  const findings = [...found].sort(
    (a, b) => rank(a) - rank(b) || Number(a.code > b.code) - Number(a.code < b.code),
  );
  const open = findings.filter(isOpen);
  const audit = {
    data: about.data,
    rowCount: about.rowCount,
    findings,
    open,
    ok: !open.some(({ severity }) => severity === 'leak'),
    unusedWaivers: about.unusedWaivers ?? [],
    toJSON(): JsonObject {
      const { data, rowCount, ok, unusedWaivers } = audit;
      return { data, rowCount, ok, findings: findings.map((finding) => ({ ...finding })), unusedWaivers };
    },
    toString: () => formatAudit(audit, false),
  };
  const text = (_depth: number, options?: { colors?: boolean }): string =>
    formatAudit(audit, options?.colors === true);
  return withHtml(Object.defineProperty(audit, print, { value: text }), htmlOf);
}

const SEVERITIES: readonly Severity[] = ['leak', 'suspect', 'note'];

function rank({ severity, waived }: Finding): number {
  return SEVERITIES.indexOf(severity) + (waived === undefined ? 0 : SEVERITIES.length);
}

function isOpen({ severity, waived, contained }: Finding): boolean {
  return severity !== 'note' && waived === undefined && contained === undefined;
}

/** A title, then for each finding what it is and what to do; leaks in red where the terminal has colours. */
function formatAudit(audit: Audit, colours: boolean): string {
  const lines = audit.findings.flatMap((finding) => {
    const { severity, code, columns, what, remedy, contained, waived } = finding;
    const texts = [what, `What to do: ${remedy}`];
    if (contained !== undefined) texts.push(`Contained: ${contained}.`);
    if (waived !== undefined) texts.push(`Waived: ${waived}`);
    const red = severity === 'leak' && waived === undefined;
    return texts.map((text, i) => ({
      red,
      cells: i === 0 ? [severity, code, columns.join(', ') || 'whole rows', text] : ['', '', '', text],
    }));
  });
  const aligned = formatTable(
    lines.map(({ cells }) => cells),
    { align: ['left', 'left', 'left', 'left'] },
  ).split('\n');
  const body = lines.map(({ red }, i) =>
    red && colours ? `\u001b[31m${aligned[i]}\u001b[39m` : aligned[i]!,
  );
  const stale = listNames(audit.unusedWaivers);
  return [
    `Leakage audit of ${audit.data}, ${formatNumber(audit.rowCount)} rows: ${verdict(audit)}`,
    ...body,
    ...(stale ? [`Waivers that meet no finding, to be taken out: ${stale}.`] : []),
  ].join('\n');
}

/** The same as an HTML fragment: a row for each finding. */
function htmlOf(audit: Audit): string {
  const stale = listNames(audit.unusedWaivers);
  return sheetHtml({
    above: [`Leakage audit of ${audit.data}, ${formatNumber(audit.rowCount)} rows: ${verdict(audit)}`],
    header: ['', 'code', 'columns', 'what was found', 'what to do', 'state'],
    rows: audit.findings.map(({ severity, code, columns, what, remedy, contained, waived }) => [
      severity,
      code,
      columns.join(', ') || 'whole rows',
      what,
      remedy,
      waived !== undefined ? `Waived: ${waived}` : contained !== undefined ? `Contained: ${contained}.` : '',
    ]),
    align: Array<'left'>(6).fill('left'),
    ...(stale ? { below: [`Waivers that meet no finding, to be taken out: ${stale}.`] } : {}),
  });
}

function verdict({ findings, open }: Audit): string {
  if (findings.length === 0) return 'nothing found.';
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const parts = SEVERITIES.map((severity) => {
    const n = findings.filter(
      (finding) => finding.severity === severity && finding.waived === undefined,
    ).length;
    return n === 0 ? '' : `${n} ${severity}${n === 1 ? '' : 's'}`;
  }).concat(waived > 0 ? `${waived} waived` : '');
  return `${parts.filter(Boolean).join(', ')}; ${open.length === 0 ? 'none' : open.length} open.`;
}
