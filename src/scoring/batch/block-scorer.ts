/** Scores one block of a file after another: rows become lines of the output or of the rejects, and are counted. */
import { formatIssue, type Issue } from '../../problem.js';
import type { CheckedRow } from '../../schema/check-row.js';
import type { Table } from '../../table/table.js';
import type { RankCut } from '../rank-cut.js';
import type { Scorer, Unusual } from '../scoring.js';
import type { WarningCounter } from '../warning-counter.js';
import { formatUnusual } from './convert-result.js';
import { csvField } from './csv-field.js';
import type { RowSource, SourceRow } from './source.js';

const none: readonly Unusual[] = [];

/** The rows of a block that passed their check, with their predictions. */
interface Predicted {
  readonly good: readonly SourceRow[];
  readonly table: Table;
  readonly rejects: string;
  readonly predictions: Float64Array;
}

/** What came of a block. */
export interface ScoredBlock {
  readonly output: string;
  readonly rejects: string;
  readonly count: number;
  readonly acted: number;
  readonly lowest: number;
  readonly highest: number;
  /** What is left of the cut. */
  readonly cut: RankCut | undefined;
}

export interface BlockScorer {
  /** The first line of the output; empty for NDJSON. */
  readonly header: string;
  predict(rows: readonly SourceRow[]): Predicted;
  /** Scores the rows of a block; `cut` is where the rest of the file is cut by rank, if it is. */
  rows(rows: readonly SourceRow[], cut: RankCut | undefined): ScoredBlock;
}

export function blockScorer(
  scorer: Scorer,
  { header }: RowSource,
  { warnings, showWarnings }: { warnings: WarningCounter; showWarnings: boolean },
): BlockScorer {
  const { form } = scorer;
  const { separator = '', quote = '"', decimal, trailingSeparator = false } = header?.dialect ?? {};
  const end = `${trailingSeparator ? separator : ''}${header?.lineEnd ?? '\n'}`;
  const inQuotes = (text: string): string => csvField(text, { separator, quote });
  const number = (value: number): string =>
    decimal === ',' ? inQuotes(String(value).replace('.', ',')) : String(value);
  /** A record as it stands, up to where further fields may follow. */
  const open = (raw: string): string =>
    trailingSeparator && raw.endsWith(separator) ? raw.slice(0, -1) : raw;
  const { action, width } = form;
  const names = [...form.columns, ...(action ? [action] : []), ...(showWarnings ? ['warnings'] : [])];

  const predict = (rows: readonly SourceRow[]): Predicted => {
    const good: SourceRow[] = [];
    const checked: CheckedRow[] = [];
    let rejects = '';
    for (const row of rows) {
      const verdict = row.fault ? { row: undefined, issues: [row.fault] } : scorer.check(row.value);
      if (verdict.row) {
        good.push(row);
        checked.push(verdict.row);
      } else for (const issue of verdict.issues) rejects += rejectLine(row.line, issue);
    }
    const table = scorer.tableOf(checked);
    return { good, table, rejects, predictions: scorer.predict(table) };
  };

  const headerText = (): string => {
    if (!header) return '';
    const { before, raw } = header;
    return raw === undefined ? before : `${before}${[open(raw), ...names].join(separator)}${end}`;
  };

  return {
    header: headerText(),
    predict,
    rows(rows, cut) {
      const { good, table, rejects, predictions } = predict(rows);
      const allUnusual = scorer.unusual(table);
      let [output, acted, lowest, highest] = ['', 0, Infinity, -Infinity];
      let equals = cut?.equals ?? 0;
      for (const [i, { raw }] of good.entries()) {
        const prediction = predictions[i * width]!;
        let fields = scorer.answer(predictions, i);
        if (cut) {
          const isChosen = prediction > cut.value || (prediction === cut.value && equals-- > 0);
          fields = form.decided(predictions, i * width, isChosen ? 'act' : 'skip');
        }
        const decision = action && fields[action];
        if (decision === 'act') acted++;
        if (prediction < lowest) lowest = prediction;
        if (prediction > highest) highest = prediction;
        const unusual = allUnusual.get(i) ?? none;
        warnings.add(unusual);
        if (header) {
          output += open(raw);
          for (let k = 0; k < width; k++) output += `${separator}${number(predictions[i * width + k]!)}`;
          if (action) output += `${separator}${inQuotes(String(decision))}`;
          if (showWarnings) output += `${separator}${inQuotes(formatUnusual(unusual))}`;
          output += end;
        } else {
          const added = JSON.stringify(showWarnings ? { ...fields, warnings: unusual } : fields);
          output += `${raw.trimEnd().slice(0, -1)},${added.slice(1)}\n`;
        }
      }
      const left = cut && { value: cut.value, equals: Math.max(0, equals) };
      return { output, rejects, count: good.length, acted, lowest, highest, cut: left };
    },
  };
}

function rejectLine(line: number, issue: Issue): string {
  const { column = '', ...where } = issue.where ?? {};
  const reason = formatIssue({ ...issue, where: { ...where, pointer: undefined } }, { withValues: false });
  return `${[String(line), column, issue.code, reason].map((text) => csvField(text)).join(',')}\n`;
}
