/** What is told of an operation of the service, for the OpenAPI document. */
import type { JsonObject } from '../src/serving.js';

/** One operation, as the document and the page of `/docs` tell it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly parameters?: readonly JsonObject[];
  /** By media type. */
  readonly body?: JsonObject;
  /** By media type: the schema of the answer where all went well. */
  readonly answer: JsonObject;
  /** Its status, where that is not 200. */
  readonly status?: 202;
  /** Statuses that may come instead, beside those that every operation may answer with. */
  readonly problems?: readonly number[];
  /** True where no key is asked for. */
  readonly open: boolean;
  /** The path that does the same for the first study, or for the version that is served. */
  readonly aliasOf?: string;
}

/** What one operation is told as; the rest follows from its path. */
export interface Told extends Omit<Operation, 'method' | 'path' | 'tag' | 'open' | 'answer' | 'aliasOf'> {
  /** The schema of JSON, or media types that are not JSON. */
  readonly answer: JsonObject | `${string}/${string}` | readonly `${string}/${string}`[];
  /** True where the answer is CSV where that is accepted. */
  readonly orCsv?: true;
  /** True where a browser gets a page instead. */
  readonly orPage?: true;
  /** True where it is also at `/studies/{study}` + path. */
  readonly everyStudy?: true;
}
