/** A small study of simulated calls that runs in about a second; for tests only. */
import { byF1 } from '../decide/by-f1.js';
import { byMoney } from '../decide/by-money.js';
import { pipeline } from '../evaluate/pipeline.js';
import { forwardChaining } from '../evaluate/protocols/forward-chaining.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import { bank } from '../studies/bank-marketing/study.js';
import { defineStudy, type Study, type StudySpec } from '../study/study.js';
import { smallRecipe } from './small-artefact.js';
import { smallDataset } from './small-dataset.js';

/** Cheap candidates on 2,500 simulated calls; any part can be replaced. */
export function smallStudy(changes: Partial<StudySpec> = {}): Study {
  return defineStudy({
    name: 'small',
    title: 'Who will say yes?',
    question: 'Whom should we call?',
    schema: bank,
    data: {
      file: 'small.csv',
      dialect: { separator: ';' },
      simulate: () => smallDataset({ rows: 2500 }).csv,
    },
    candidates: [
      pipeline(smallRecipe, baseline(), { name: 'baseline' }),
      pipeline(smallRecipe, logistic({ l2: 5 }), { name: 'logistic, strict' }),
      pipeline(smallRecipe, logistic(), { name: 'logistic' }),
    ],
    holdout: 0.3,
    protocol: forwardChaining({ folds: 2, firstShare: 0.5 }),
    optimistic: stratifiedFolds({ folds: 2, seed: 7 }),
    policies: { money: byMoney({ costPerAction: 5, gainPerYes: 60, verb: 'call' }), 'best F1': byF1() },
    segments: 'month',
    ablations: [{ question: 'Does logistic beat the base rate?', compare: ['logistic', 'baseline'] }],
    seed: 7,
    ...changes,
  });
}
