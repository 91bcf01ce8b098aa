/** The later cells of a new study: audit, balance, race, choice, policy, and the study that is distilled. */

import type { NotebookCell } from '../notebook/notebook.js';
import { quoted } from '../table/code-text.js';
import { percent } from '../task/percent.js';
import { code, exported, imports, text } from './cells.js';
import { questionOf, type StarterPlan, targetLook } from './plan.js';

/** From checked rows to a study. */
export function modellingCells(plan: StarterPlan): NotebookCell[] {
  return [
    ...auditCells(plan),
    ...balanceCells(plan),
    ...raceCells(plan),
    ...choiceCells(plan),
    ...studyCells(plan),
  ];
}

function auditCells({ draft: { schema } }: StarterPlan): NotebookCell[] {
  const late = schema.late.filter((name) => name !== schema.order);
  return [
    text(
      'audit-text',
      '## Does anything leak?',
      late.length === 0
        ? 'The audit looks for columns that tell what is not known yet. A leak stops the study; a suspect asks a question that only you can answer.'
        : `Left out as doubtful: ${late.map((name) => `\`${name}\``).join(', ')}. The audit looks for more. A leak stops the study; a suspect asks a question that only you can answer.`,
    ),
    code('audit', imports(['auditLeakage'], 'alambique'), 'const audit = auditLeakage(rows);', 'audit'),
  ];
}

function balanceCells(plan: StarterPlan): NotebookCell[] {
  const { kind, look, draft, withSmote } = plan;
  if (kind !== 'yesNo') return [];
  const { levels } = targetLook(look, draft);
  const { type } = draft.schema.target;
  const yes = type.kind === 'yesNo' ? type.yes : '';
  const share = (levels.find(({ level }) => level === yes)?.rows ?? 0) / look.rowCount;
  return [
    text(
      'balance-text',
      '## How rare is it?',
      `${percent(share)} of the rows say "${yes}". ${
        withSmote
          ? 'SMOTE races below beside the plain model: it makes rows of the rarer answer inside each fit, where no row that judges is touched, and the probabilities are brought back to the true share.'
          : 'There are too few of the rarer answer for SMOTE; moving the cut-off does as much.'
      }`,
    ),
    code(
      'balance',
      imports(['labelsOf'], 'alambique'),
      'const labels = labelsOf(rows);',
      'const yesRows = labels.reduce((sum, label) => sum + label, 0);',
      '({ rows: labels.length, yes: yesRows, share: yesRows / labels.length })',
    ),
  ];
}

function raceCells(plan: StarterPlan): NotebookCell[] {
  const { task, protocol, withSmote } = plan;
  const smote = withSmote ? ['pipeline(plain, withSmote(logistic()))'] : [];
  const simple = task.candidates.slice(0, -1);
  const candidates = [...simple, ...smote, ...task.candidates.slice(-1)];
  const metrics = task.metrics.length > 0 ? [`  metrics: [${task.metrics.join(', ')}],`] : [];
  const used = task.names.filter((name) => candidates.some((one) => one.includes(`${name}(`)));
  return [
    text(
      'race-text',
      '## Race',
      `A recipe says how rows become numbers, a learner what is made of them. ${protocol.why}`,
    ),
    exported(
      'candidates',
      imports(
        [...used, ...(withSmote ? ['withSmote'] : []), 'pipeline', 'plainRecipe', 'rawRecipe'],
        'alambique',
      ),
      '/** For linear models: texts as columns of 0 and 1, numbers scaled, gaps filled and flagged. */',
      'const plain = plainRecipe(schema);',
      '/** For trees: everything as it is. */',
      'const forTrees = rawRecipe(schema);',
      '/** The simplest first: of two that are as good, the simpler one is taken. */',
      'const candidates = [',
      ...candidates.map((one) => `  ${one},`),
      '];',
    ),
    code(
      'race',
      imports([...task.metrics, ...protocol.names, 'compare', 'holdOut'], 'alambique'),
      '// The last fifth is for one look, when all is decided.',
      'const { open, holdout } = holdOut(rows, { share: 0.2, seed: 7 });',
      'const race = await compare(open, {',
      '  learners: candidates,',
      ...metrics,
      `  protocols: [${[protocol.deciding, ...(protocol.optimistic === undefined ? [] : [protocol.optimistic])].join(', ')}],`,
      "  cutoff: 'hold-out',",
      '  seed: 7,',
      '});',
      'race',
    ),
  ];
}

function choiceCells({ task, kind, segments }: StarterPlan): NotebookCell[] {
  const choice = [
    text(
      'choice-text',
      '## Choose, and look once',
      'The simplest candidate within one standard error of the best, fitted on the open rows and scored on those held out.',
    ),
    code(
      'choice',
      'const chosen = race.best();',
      'const model = chosen.fit(open, { seed: 7 });',
      'const card = holdout.score(model);',
      'card',
    ),
    ...(kind === 'yesNo' && segments !== undefined ? withinCells(segments) : []),
  ];
  if (task.policies.length === 0) return choice;
  const names = task.names.filter((name) => task.policies.some(([, one]) => one.startsWith(`${name}(`)));
  return [
    ...choice,
    text(
      'policy-text',
      '## From a prediction to an action',
      'What each policy comes to on the rows held out. Where you know what an action costs and what it brings, `byMoney({ costPerAction: 5, gainPerYes: 60 })` decides better; where time is short, `byCapacity({ actionsPerDay: 200, rowsPerDay: 1000 })`.',
    ),
    exported(
      'policies',
      imports([...names, 'type Policy'], 'alambique'),
      '/** The first one is served. */',
      `const policies: Readonly<Record<string, Policy>> = { ${task.policies.map(([name, one]) => `${quoted(name)}: ${one}`).join(', ')} };`,
    ),
    code(
      'decide',
      imports(['evaluatePolicies'], 'alambique'),
      'const fitted = Object.values(policies).map((policy) => policy.fit(race.predictions(chosen.name), model.target));',
      'evaluatePolicies(fitted, card.predictions)',
    ),
  ];
}

function withinCells(segments: string): NotebookCell[] {
  return [
    text(
      'within-text',
      `An AUC of all rows together also rewards knowing which stretch of time a row is of. Within the stretches of \`${segments}\` that is left which helps to tell rows of one time apart: what somebody who works through a list will see.`,
    ),
    code(
      'within',
      imports(['scoreWithin', 'segmentsOf'], 'alambique'),
      `scoreWithin(race.predictions(chosen.name), segmentsOf(open, ${quoted(segments)}))`,
    ),
  ];
}

function studyCells(plan: StarterPlan): NotebookCell[] {
  const { name, task, protocol, segments, draft } = plan;
  return [
    text(
      'study-text',
      '## The study',
      'What the cells above have decided, in one place. It is distilled into a module, run, and served.',
    ),
    exported(
      'study',
      imports([...protocol.names, 'defineStudy', 'type Study'], 'alambique'),
      'const study: Study = defineStudy({',
      `  name: ${quoted(name)},`,
      `  title: ${quoted(plan.question ?? `${name}: ${draft.schema.target.name}`)},`,
      `  question: ${quoted(questionOf(plan))},`,
      '  schema,',
      '  data: source,',
      '  candidates,',
      '  holdout: 0.2,',
      `  protocol: ${protocol.deciding},`,
      ...(protocol.optimistic === undefined ? [] : [`  optimistic: ${protocol.optimistic},`]),
      ...(segments === undefined ? [] : [`  segments: ${quoted(segments)},`]),
      ...(task.policies.length > 0 ? ['  policies,'] : []),
      '  seed: 7,',
      '});',
    ),
    text(
      'next',
      '## What comes next',
      [
        '```',
        `npx alambique distil ${name}                        # these cells become src/studies/${name}.ts`,
        `npx alambique run ${name}                           # audit, race, choice, model, report`,
        `npx alambique serve ${name}                         # POST /predict, and a page for people`,
        `npx alambique predict ${name} -i new.csv -o scored.csv`,
        `npx alambique run ${name} --data august.csv         # next month: the report says what changed`,
        '```',
      ].join('\n'),
    ),
    code(
      'claims',
      "import { strict as assert } from 'node:assert';",
      'assert.equal(rows.table.rowCount, seen.rowCount);',
      "assert.ok(audit.ok, 'no leak is open');",
      'assert.equal(study.candidates.length, candidates.length);',
    ),
  ];
}
