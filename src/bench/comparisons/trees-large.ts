/** Boosting of large made tables, beside LightGBM and HistGradientBoosting, and how its time grows with rows. */
import type { Case, Comparison } from '../bench.js';
import { madeMatrix, ours, peer, threads } from '../tree-contenders.js';

export const comparison: Comparison = {
  name: 'trees-large',
  what: 'Boosting of made tables of 28 columns (20 of numbers, some rounded, 2 % missing; 8 categories of 3 to 200 levels), with the settings of `trees` and two threads, 100, 40 and 15 trees. The AUC is that of 50,000 other rows. The largest resident set includes the table itself: 192 MB a million rows for ours, 224 MB for the peers.',
  async cases(tools) {
    const made = (
      [rows, trees]: readonly [number, number],
      peers: readonly string[],
      more: Partial<Case>,
    ): Case => ({
      name: `boosting, ${rows.toLocaleString('en')} made rows × 28, ${trees} trees`,
      size: { rows, trees },
      input: { ...madeMatrix(rows, tools), threads, trees, work: 'boosting' },
      contenders: [ours, ...peers.map(peer)],
      floors: { AUC: { belowPeers: 0.001 } },
      ...{ rounds: 3, warmups: 0, repeats: 1 },
      ...more,
    });
    const peers = ['lightgbm', 'hist-gradient-boosting'];
    return [
      made([100_000, 100], [...peers, 'xgboost'], {}),
      made([1_000_000, 40], [...peers, 'xgboost'], {
        limit: { peakBytes: 6e8, timesPeer: { lightgbm: 1.5 } },
      }),
      made([4_000_000, 15], peers, { rounds: 2 }),
    ];
  },
};
