/** `alambique order`: how much of each article to order now, from past sales and the stock as it stands. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkNumbers } from '../check-numbers.js';
import type { OpenRun } from '../database/record-run.js';
import { globalBoosting } from '../forecast/global/global-boosting.js';
import { periodText } from '../forecast/panel/calendar.js';
import type { Panel } from '../forecast/panel/panel.js';
import { orderSentence } from '../forecast/stock/decide-orders.js';
import { orderUpTo } from '../forecast/stock/order-up-to.js';
import { readStockFolder, stockFiles } from '../forecast/stock/read-stock-folder.js';
import type { ArticleOrder } from '../forecast/stock/stock.js';
import { canonicalJson } from '../json.js';
import { Problem } from '../problem.js';
import { formatCsv } from '../table/csv/format-csv.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { writeFileAtomically } from '../write-atomically.js';
import { outputPlace } from './batch/output-place.js';
import { type Command, exitCodes, type OptionValues, wholeNumber } from './command.js';
import { noteFiles } from './note-files.js';
import { recorded } from './recorded.js';

/** How many paths of demand each article is ordered by. */
const pathCount = 400;

export const order: Command = {
  name: 'order',
  summary: 'Says how much of each article to order now: the order that costs least over what may be sold.',
  arguments: 'stock',
  mostArguments: 1,
  options: {
    data: {
      type: 'string',
      value: 'folder',
      help: 'with sales.csv and state.csv, and where there are any in-stock.csv and master.csv',
    },
    output: { type: 'string', short: 'o', value: 'path', help: 'a CSV file: the article and its order' },
    'lead-time': {
      type: 'string',
      value: 'weeks',
      help: 'an order placed after week w arrives at the start of week w + this (3)',
    },
    review: { type: 'string', value: 'weeks', help: 'from one order to the next (1)' },
    'holding-cost': {
      type: 'string',
      value: 'number',
      help: 'of a unit that is left at the end of a week (.2)',
    },
    'shortage-cost': {
      type: 'string',
      value: 'number',
      help: 'of a unit that was asked for and not there (1)',
    },
    backorders: { type: 'boolean', help: 'customers wait for what is not there' },
    pack: { type: 'string', value: 'units', help: 'orders are multiples of this (1)' },
    seed: { type: 'string', value: 'number', help: 'everything random is drawn from it (0)' },
    explain: { type: 'boolean', help: 'print a sentence about each article' },
    json: { type: 'boolean', help: 'print the orders as JSON' },
  },
  async run({ values, positionals }, effects) {
    const { data, output } = values as { data?: string; output?: string };
    if (
      positionals[0] !== 'stock' ||
      data === undefined ||
      (output === undefined && !values.json && !values.explain)
    )
      throw new Problem({
        code: 'cli-arguments',
        what:
          positionals[0] !== undefined && positionals[0] !== 'stock'
            ? `"${positionals[0]}" cannot be ordered`
            : 'what to order, from which data and where to write it are needed',
        expected: 'alambique order stock --data FOLDER -o orders.csv',
      });
    const rules = rulesOf(values);
    const seed = wholeNumber(values, 'seed', { least: 0, most: 2 ** 31 }) ?? 0;
    const inputs = Object.values(stockFiles).map((name) => join(data, name));
    const place = output === undefined ? undefined : outputPlace(output, { inputs });
    const work = async (run: OpenRun): Promise<number> => {
      const { panel, state } = await readStockFolder(data, rules);
      const horizon = rules.leadTime - 1 + 4 * rules.review;
      const forecasts = globalBoosting({ horizon })
        .fit(panel, { seed, threads: availableParallelism() })
        .forecast(horizon);
      const paths = forecasts.paths!(pathCount, seed);
      const orders = orderUpTo(rules).orders({ paths, count: pathCount, horizon, state });
      if (place !== undefined) {
        const text = formatOrders(panel, orders);
        writeFileAtomically(place, place.endsWith('.gz') ? gzipSync(text) : text);
      }
      const files = {
        input: await noteFiles(data),
        output: place === undefined ? [] : await noteFiles(place),
      };
      const knownThrough = periodText(panel.periods, panel.periods.count - 1);
      const total = orders.reduce((sum, one) => sum + one.order, 0);
      const week = periodText(panel.periods, panel.periods.count + rules.leadTime - 1);
      run.note({
        input: { files: files.input, seed },
        output: { articles: orders.length, total, arrives: week, files: files.output },
      });
      if (values.json)
        effects.out(
          `${canonicalJson({ knownThrough, arrives: week, total, orders: asObjects(panel, orders) })}\n`,
        );
      else {
        if (values.explain)
          for (const [i, one] of orders.entries())
            effects.out(`${panel.series[i]!.key.join(', ')}: ${orderSentence(one)}\n`);
        const ordered = orders.filter((one) => one.order > 0).length;
        effects.out(
          `${orders.length} articles, ${ordered} of them ordered: ${total} units, which arrive at the start of ${week}.\nSales are known through the week of ${knownThrough}.\n`,
        );
        if (output !== undefined) effects.out(`Orders: ${output}\n`);
      }
      return exitCodes.done;
    };
    return recorded({ kind: 'batch', name: 'order', work }, effects);
  },
};

function rulesOf(values: OptionValues) {
  const whole = (name: string, usual: number): number =>
    wholeNumber(values, name, { least: 1, most: 52 }) ?? usual;
  const amount = (name: string, usual: number): number => {
    const text = values[name];
    const value = text === undefined ? usual : text === '' ? Number.NaN : Number(text);
    checkNumbers({ code: 'cli-arguments' }, { [`--${name}`]: value }, { [`--${name}`]: { min: 0 } });
    return value;
  };
  return {
    leadTime: whole('lead-time', 3),
    review: whole('review', 1),
    holdingCost: amount('holding-cost', 0.2),
    shortageCost: amount('shortage-cost', 1),
    pack: wholeNumber(values, 'pack', { least: 1, most: 1e6 }) ?? 1,
    backorders: values.backorders === true,
  };
}

/** The key's columns and `order`, a row an article. */
function formatOrders({ names, series }: Panel, orders: readonly ArticleOrder[]): string {
  return formatCsv(
    table([
      ...names.map((name, j) =>
        categoryColumn(
          name,
          series.map(({ key }) => key[j]!),
        ),
      ),
      numberColumn(
        'order',
        orders.map((one) => one.order),
      ),
    ]),
  );
}

function asObjects({ names, series }: Panel, orders: readonly ArticleOrder[]) {
  return orders.map((one, i) => ({
    article: Object.fromEntries(names.map((name, j) => [name, series[i]!.key[j]!])),
    ...one,
    why: orderSentence(one),
  }));
}
