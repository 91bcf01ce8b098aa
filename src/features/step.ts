/** Makes steps of a kind: resolves their inputs, checks them, fits them, and reads fitted ones back. */
import type { Json, JsonObject, JsonReader } from '../json.js';
import { type Issue, listNames, Problem } from '../problem.js';
import type { Feature } from '../table/matrix.js';
import { withText } from '../table/print.js';
import { fitColumn, readColumn } from './column-input.js';
import { describeStep } from './describe-step.js';
import type { FittedStep, Input, Output, Step } from './features.js';
import type { Learned, Signal, SignalKind, StepKind } from './step-kind.js';

/** An unfitted step of `kind`. Throws `features-no-input` where it is given too few inputs. */
export function makeStep<Name extends string, Settings extends JsonObject>(
  kind: StepKind<Settings>,
  inputs: readonly Input<Name>[],
  settings: Settings,
): Step<Name> {
  const atLeast = kind.atLeast ?? 1;
  if (inputs.length < atLeast) {
    throw new Problem({
      code: 'features-no-input',
      what: `${kind.kind} was given ${inputs.length} columns or steps to work on`,
      expected: `at least ${atLeast}`,
    });
  }
  const params: JsonObject = { inputs: inputs.map(inputToJson), ...settings };
  const step: Step<Name> = {
    kind: kind.kind,
    columns: [...new Set(inputs.flatMap((input) => (typeof input === 'string' ? [input] : input.columns)))],
    params,
    fit(table, context) {
      const fitted: FittedStep[] = [];
      const features: Feature[] = [];
      for (const input of inputs) {
        if (typeof input === 'string') {
          const column = fitColumn(table, input);
          fitted.push(column);
          features.push(...column.transform(table));
        } else {
          const { step, outputs } = input.fit(table, context);
          fitted.push(step);
          features.push(...outputs);
        }
      }
      const signals = fitted
        .flatMap((input) => input.outputs)
        .map((output, i): Signal => ({ output, feature: features[i]! }));
      checkKinds(kind, signals);
      const learned = kind.learn(signals, settings, context);
      return {
        step: fittedStep(kind.kind, fitted, learned),
        outputs: learned.training ?? learned.apply(features),
      };
    },
  };
  return withText(step, describeStep);
}

/** What is wrong with an input of the wrong kind, a column or a step as it was typed, and what to do. */
export function wrongKind(
  kind: StepKind,
  input: { readonly column: string } | { readonly step: string },
  found: SignalKind,
): Issue {
  const words = { number: 'numbers', category: 'text' };
  const subject = 'column' in input ? `column "${input.column}" holds` : `the step ${input.step} gives`;
  return {
    code: 'features-wrong-kind',
    what: `${subject} ${words[found]}, and ${kind.kind} works on ${words[kind.takes ?? found]}`,
    ...('column' in input && { where: { column: input.column } }),
    remedy: kind.remedy,
  };
}

/** Throws `features-inputs` unless a step was given this many columns; a step inside it may give several. */
export function exactly(count: number, kind: string, inputs: readonly Signal[]): void {
  if (inputs.length === count) return;
  throw new Problem({
    code: 'features-inputs',
    what: `${kind} was given ${inputs.length} columns to work on (${listNames(inputs.map(({ output }) => output.name))})`,
    expected: `exactly ${count}`,
  });
}

/** Reads a fitted step, inner ones included. */
export function readFittedStep(reader: JsonReader, kinds: ReadonlyMap<string, StepKind>): FittedStep {
  const kind = kinds.get(reader.field('kind').oneOf([...kinds.keys()]))!;
  const inputs = reader
    .field('inputs')
    .items()
    .map((input) => (input.optional('column') ? readColumn(input) : readFittedStep(input, kinds)));
  const outputs = inputs.flatMap((input) => input.outputs);
  if (inputs.length < (kind.atLeast ?? 1))
    reader.field('inputs').fail(`at least ${kind.atLeast ?? 1} inputs`);
  for (const output of outputs) {
    if (kind.takes && output.kind !== kind.takes) reader.field('inputs').fail(`inputs of ${kind.takes}s`);
  }
  return fittedStep(kind.kind, inputs, kind.read(reader.field('learned'), outputs));
}

/** Rebuilds an unfitted step from its kind and params, inner ones included. */
export function readStep(reader: JsonReader, kinds: ReadonlyMap<string, StepKind>): Step {
  const kind = kinds.get(reader.field('kind').oneOf([...kinds.keys()]))!;
  const params = reader.field('params');
  const inputs = params
    .field('inputs')
    .items()
    .map((input): Input => (typeof input.value === 'string' ? input.value : readStep(input, kinds)));
  return makeStep(kind, inputs, kind.settings(params));
}

function fittedStep(kind: string, inputs: readonly FittedStep[], learned: Learned): FittedStep {
  const outputs: readonly Output[] = learned.outputs;
  return {
    kind,
    outputs,
    transform(table) {
      const features: Feature[] = [];
      for (const input of inputs) for (const feature of input.transform(table)) features.push(feature);
      return learned.apply(features);
    },
    toJSON: () => ({ kind, inputs: inputs.map((input) => input.toJSON()), learned: learned.toJSON() }),
  };
}

function checkKinds(kind: StepKind, signals: readonly Signal[]): void {
  const wrong = signals.filter(({ output }) => kind.takes !== undefined && output.kind !== kind.takes);
  if (wrong.length === 0) return;
  throw new Problem(wrong.map(({ output }) => wrongKind(kind, { column: output.name }, output.kind)));
}

function inputToJson(input: Input): Json {
  return typeof input === 'string' ? input : { kind: input.kind, params: input.params };
}
