/** Gathers what one cell puts out into the outputs that a notebook keeps. */

import { isCleared, joinText, type NotebookOutput } from '../notebook/notebook.js';
import type { CellOutcome } from '../notebook-kernel/cell-session.js';
import type { CellOutput } from '../notebook-kernel/host-messages.js';

/** The outputs of a cell while it runs. */
export interface CellOutputs {
  take(output: CellOutput): void;
  /** The cell's own end: its result or its error. */
  end(outcome: CellOutcome, count: number): void;
  all(): NotebookOutput[];
}

/** Starts with none. Pieces of one stream become one text; an update replaces what it updates. */
export function cellOutputs(): CellOutputs {
  const kept: NotebookOutput[] = [];
  const displayed = new Map<string, NotebookOutput>();
  return {
    take: (output) => {
      const last = kept[kept.length - 1];
      if (output.kind === 'stream') {
        if (last?.output_type === 'stream' && last.name === output.name) {
          last.text = joinText(last.text) + output.text;
        } else kept.push({ output_type: 'stream', name: output.name, text: output.text });
        return;
      }
      if (output.kind === 'unawaited') {
        kept.push({ output_type: 'stream', name: 'stderr', text: `${output.error.traceback.join('\n')}\n` });
        return;
      }
      const shown = output.id === undefined ? undefined : displayed.get(output.id);
      if (output.update) {
        if (shown) shown.data = output.bundle;
        if (shown && isCleared(shown)) kept.splice(kept.indexOf(shown), 1);
        return;
      }
      const fresh: NotebookOutput = { output_type: 'display_data', metadata: {}, data: output.bundle };
      if (output.id !== undefined) displayed.set(output.id, fresh);
      kept.push(fresh);
    },
    end: (outcome, count) => {
      if (outcome.status === 'error') {
        const { ename, evalue, traceback } = outcome;
        kept.push({ output_type: 'error', ename, evalue, traceback });
      } else if (outcome.result) {
        kept.push({
          output_type: 'execute_result',
          execution_count: count,
          metadata: {},
          data: outcome.result,
        });
      }
    },
    all: () => kept,
  };
}
