/** Two versions of a notebook, cell by cell, as text: what a person wants to review. */
import { stripVTControlCharacters } from 'node:util';
import { joinText, type Notebook, type NotebookCell } from '../notebook/notebook.js';

/** The differences, one paragraph per cell; an empty text where the two say the same. */
export function diffNotebooks(before: Notebook, after: Notebook): string {
  const old = new Map(before.cells.map((cell, i) => [cell.id, { cell, place: i + 1 }]));
  const fresh = new Set(after.cells.map((cell) => cell.id));
  const stayed = longestCommon(
    before.cells.map((cell) => cell.id).filter((id) => fresh.has(id)),
    after.cells.map((cell) => cell.id).filter((id) => old.has(id)),
  );
  const unmoved = new Set(stayed);
  const paragraphs: string[] = [];
  for (const [i, cell] of after.cells.entries()) {
    const was = old.get(cell.id);
    if (!was) {
      paragraphs.push(
        paragraph(
          cell,
          i + 1,
          'added',
          cellText(cell).map((line) => `+ ${line}`),
        ),
      );
      continue;
    }
    const lines = diffLines(cellText(was.cell), cellText(cell));
    const moved = unmoved.has(cell.id) ? '' : `moved from place ${was.place}`;
    const changed = lines.some((line) => !line.startsWith(' '));
    if (moved !== '' || changed) {
      const what = [moved, changed ? 'changed' : ''].filter((word) => word !== '').join(', ');
      paragraphs.push(paragraph(cell, i + 1, what, changed ? aroundChanges(lines) : []));
    }
  }
  for (const { cell, place } of old.values()) {
    if (!fresh.has(cell.id)) {
      paragraphs.push(
        paragraph(
          cell,
          place,
          'removed',
          cellText(cell).map((line) => `- ${line}`),
        ),
      );
    }
  }
  return paragraphs.join('\n\n');
}

function paragraph(cell: NotebookCell, place: number, what: string, lines: readonly string[]): string {
  return [`cell ${place} (${cell.id}, ${cell.cell_type}): ${what}`, ...lines.map((line) => `  ${line}`)].join(
    '\n',
  );
}

/** A cell as a reader sees it: tags, source, and each output as words. */
function cellText(cell: NotebookCell): string[] {
  const tags = cell.metadata.tags?.length ? [`# tags: ${cell.metadata.tags.join(', ')}`] : [];
  const outputs = (cell.outputs ?? []).flatMap((output) => {
    const data = output.data as Record<string, unknown> | undefined;
    const text =
      output.output_type === 'error'
        ? `${output.ename}: ${output.evalue}`
        : output.output_type === 'stream'
          ? joinText(output.text)
          : joinText(data?.['text/plain']) || `[${Object.keys(data ?? {}).join(', ')}]`;
    return stripVTControlCharacters(text)
      .trimEnd()
      .split('\n')
      .map((line) => `> ${line}`);
  });
  return [...tags, ...cell.source.split('\n'), ...outputs];
}

/** Lines with "+ ", "- " or "  " before them. */
function diffLines(before: readonly string[], after: readonly string[]): string[] {
  const common = longestCommon(before, after);
  const out: string[] = [];
  let [i, j] = [0, 0];
  for (const line of [...common, undefined]) {
    while (i < before.length && before[i] !== line) out.push(`- ${before[i++]}`);
    while (j < after.length && after[j] !== line) out.push(`+ ${after[j++]}`);
    if (line === undefined) break;
    out.push(`  ${line}`);
    i++;
    j++;
  }
  return out;
}

/** Changed lines with two unchanged ones on either side; longer stretches become "…". */
function aroundChanges(lines: readonly string[]): string[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - 2), i + 3).some((line) => !line.startsWith(' ')),
  );
  return lines.flatMap((line, i) => (near[i] ? [line] : near[i - 1] ? ['…'] : []));
}

/** A longest common subsequence, by the textbook's table; cells are short. */
function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const out: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      out.push(a[i]!);
      i++;
      j++;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return out;
}
