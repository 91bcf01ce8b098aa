/** Forecasts of series: local models beside statsforecast's, and what rolling origins choose, against floors. */
import type { Case, Comparison, Contender } from '../bench.js';

const ours: Contender = { name: 'alambique', kind: 'node', program: 'forecast' };
const statsforecast: Contender = { name: 'statsforecast', kind: 'python', program: 'forecast' };

export const comparison: Comparison = {
  name: 'forecast',
  what: "M4's 359 weekly series and M3's 1,428 monthly ones. The models of one series are statsforecast's: AutoETS without a season, DynamicOptimizedTheta, and MSTL with ETS; one thread each; OWA is against the naive forecast. What is chosen is the leader by OWA on three rolling origins inside the part that may be learned from, among Theta, ETS and MSTL, with and without the season, and their medians and means; it is then judged once on the test part; time counts all of it. Intervals come from what was missed at eight earlier origins.",
  requirements: 'forecasting.txt',
  async cases({ data }) {
    const weekly = { train: data('m4/Weekly-train.csv.gz'), test: data('m4/Weekly-test.csv') };
    const local = ['ETS', 'Theta', 'MSTL'].map(
      (model): Case => ({
        name: `M4 weekly, ${model}`,
        input: { ...weekly, model },
        contenders: [ours, statsforecast],
        limit: { timesPeerCpu: { statsforecast: 0.7 } },
        agree: sameAccuracy,
        ...{ rounds: 1, warmups: 0, repeats: 1 },
      }),
    );
    const covered = { 'coverage of 90 %': { min: 87, max: 93 } };
    const once = { contenders: [ours], rounds: 1, warmups: 0, repeats: 1 } as const;
    return [
      ...local,
      {
        name: 'M4 weekly, chosen by rolling origins',
        input: weekly,
        floors: { OWA: { max: 0.82 }, ...covered },
        ...once,
      },
      {
        name: 'M3 monthly, chosen by rolling origins',
        input: { train: data('m3/monthly.csv.gz') },
        floors: { sMAPE: { max: 13.85 }, ...covered },
        ...once,
      },
    ];
  },
};

/** The same models: their OWA differs by no more than a hundredth. */
const sameAccuracy: Case['agree'] = (answers) => {
  const values = answers.map(({ answer }) => (answer as { scores: { OWA: number } }).scores.OWA);
  if (Math.max(...values) - Math.min(...values) > 0.01)
    throw new Error(`the models are not the same: OWA ${values.join(' and ')}`);
};
