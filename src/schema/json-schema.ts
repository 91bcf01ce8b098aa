/** The JSON Schema (2020-12) of a request row: what a client may send, and nothing else. */
import type { Json, JsonObject } from '../json.js';
import { datePattern, dateWords } from '../table/date-text.js';
import { type ColumnPlan, largestNumber, planOf } from './column-plan.js';
import type { Schema } from './schema.js';

export interface JsonSchemaOptions {
  /** Levels seen in training, by column; shown as examples where the list is open. */
  levels?: ReadonlyMap<string, Iterable<string>>;
}

/**
 * The schema of one row: the columns known before the moment, additional properties refused. A value that may be
 * missing may be null or one of its missing codes. Validates exactly what `compileRowCheck` lets pass (but for days that
 * do not exist, such as 30 February, which no pattern can tell).
 */
export function jsonSchema(schema: Schema, options: JsonSchemaOptions = {}): JsonObject {
  const plans = planOf(schema).before;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    description: `One case, as known when ${schema.moment}.`,
    properties: Object.fromEntries(
      plans.map((plan) => [plan.name, property(plan, options.levels?.get(plan.name))]),
    ),
    required: plans.filter((plan) => !plan.optional).map((plan) => plan.name),
    additionalProperties: false,
  };
}

function property(plan: ColumnPlan, seen: Iterable<string> = []): JsonObject {
  const { type } = plan;
  const description = describe(plan);
  return {
    ...(type.label === undefined ? {} : { title: type.label }),
    ...(description === '' ? {} : { description }),
    ...withMissing(plan, valueSchema(plan)),
    ...examples(plan, seen),
  };
}

function valueSchema(plan: ColumnPlan): JsonObject {
  if (plan.kind === 'number') {
    return {
      type: plan.integer ? 'integer' : 'number',
      ...(plan.low > -largestNumber ? { minimum: plan.low } : {}),
      ...(plan.high < largestNumber ? { maximum: plan.high } : {}),
    };
  }
  if (plan.kind === 'date') {
    const iso = datePattern('iso');
    const pattern = plan.format === 'iso' ? iso : `${datePattern(plan.format)}|${iso}`;
    return { type: 'string', pattern };
  }
  if (plan.levels) return { type: 'string', enum: [...plan.levels] };
  return { type: 'string', minLength: 1 };
}

/** Lets null, the empty text and the missing codes pass beside proper values. */
function withMissing(plan: ColumnPlan, value: JsonObject): JsonObject {
  if (!plan.nullable) return value;
  const codes: Json[] = [
    ...plan.missingNumbers,
    ...plan.missingTexts,
    ...(plan.kind === 'number' ? [] : ['']),
    null,
  ];
  return { anyOf: [value, { enum: codes }] };
}

function describe({ type, missingNumbers, missingTexts }: ColumnPlan): string {
  const sentences: string[] = [];
  if (type.kind === 'number' && type.unit) sentences.push(`In ${type.unit}.`);
  if (type.kind === 'date')
    sentences.push(
      !type.format || type.format === 'iso' ? 'An ISO 8601 day or instant.' : `As ${dateWords[type.format]}.`,
    );
  if (type.because) sentences.push(`${type.because.charAt(0).toUpperCase()}${type.because.slice(1)}.`);
  const codes = [...missingNumbers.map(String), ...[...missingTexts].map((text) => `"${text}"`)];
  if (codes.length > 0) sentences.push(`No value: ${codes.join(', ')} or null.`);
  return sentences.join(' ');
}

function examples({ kind, levels, format }: ColumnPlan, seen: Iterable<string>): JsonObject {
  if (kind === 'date') return { examples: [/"(.*)"/.exec(dateWords[format])![1]!] };
  const shown = levels || kind === 'number' ? [] : [...seen].slice(0, 20);
  return shown.length > 0 ? { examples: shown } : {};
}
