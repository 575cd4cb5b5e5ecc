/** One line of a transcript → what it says, if it says it as protocol 1 does. */
import type { TSchema } from '@sinclair/typebox';
import {
  eventSchemas,
  paramSchemas,
  type Answer,
  type Call,
  type TraceEvent,
} from '../adapter/protocol.js';
import { TranscriptError, type TranscriptCode } from './error.js';
import type { JsonLine } from './json-lines.js';
import { AnswerLine, CallLine, Header, ResultLine, StepLine } from './schema.js';
import { violation } from './violation.js';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Makes the errors of one line. */
function blame({ number }: JsonLine, file: string) {
  return (code: TranscriptCode, reason: string) => new TranscriptError(code, file, number, reason);
}
type Blame = ReturnType<typeof blame>;

function requireValid(
  schema: TSchema,
  value: unknown,
  code: TranscriptCode,
  what: string,
  error: Blame,
): void {
  const reason = violation(schema, value);
  if (reason !== undefined) throw error(code, `${what}: ${reason}`);
}

/** The schema of a key that a file names: never one of the keys that every object has. */
function schemaOf(schemas: Readonly<Record<string, TSchema>>, key: unknown): TSchema | undefined {
  return typeof key === 'string' && Object.hasOwn(schemas, key) ? schemas[key] : undefined;
}

/** The header. @throws TranscriptError `E_TRANSCRIPT_HEADER`, `E_TRANSCRIPT_VERSION` */
export function headerOf(line: JsonLine, file: string): Header {
  const error = blame(line, file);
  const { value } = line;
  if (!isObject(value) || !('transcript' in value)) {
    throw error('E_TRANSCRIPT_HEADER', 'the first line is no header {"transcript": 1, …}');
  }
  if (value['transcript'] !== 1) {
    const version = JSON.stringify(value['transcript']);
    throw error('E_TRANSCRIPT_VERSION', `version ${version} of transcripts; only 1 is known`);
  }
  requireValid(Header, value, 'E_TRANSCRIPT_HEADER', 'header', error);
  return value as Header;
}

/** What the lines below the header are. */
export type LineKind = 'step' | 'call' | 'result';

/** Which kind of line this is. @throws TranscriptError `E_TRANSCRIPT_LINE` if it is none */
export function kindOf(line: JsonLine, file: string): LineKind {
  const { value } = line;
  const kinds: LineKind[] = ['step', 'call', 'result'];
  const kind = isObject(value) ? kinds.find((key) => key in value) : undefined;
  if (kind !== undefined) return kind;
  throw blame(line, file)('E_TRANSCRIPT_LINE', 'neither a step nor a call nor a result');
}

/** The title of a step. @throws TranscriptError `E_TRANSCRIPT_LINE` */
export function stepOf(line: JsonLine, file: string): string {
  requireValid(StepLine, line.value, 'E_TRANSCRIPT_LINE', 'step', blame(line, file));
  return (line.value as { step: string }).step;
}

function requireCall(method: unknown, params: unknown, error: Blame): void {
  const schema = schemaOf(paramSchemas, method);
  if (schema === undefined) {
    throw error('E_TRANSCRIPT_METHOD', `protocol 1 has no method ${JSON.stringify(method)}`);
  }
  requireValid(schema, params, 'E_TRANSCRIPT_PARAMS', `params of ${String(method)}`, error);
  if (method !== 'start') return;
  const inner = params as { method: string; params: unknown };
  requireCall(inner.method, inner.params, error);
}

/**
 * A call.
 * @throws TranscriptError `E_TRANSCRIPT_LINE`, `E_TRANSCRIPT_METHOD`, `E_TRANSCRIPT_PARAMS`
 */
export function callOf(line: JsonLine, file: string): Call {
  const error = blame(line, file);
  requireValid(CallLine, line.value, 'E_TRANSCRIPT_LINE', 'call', error);
  const { call } = line.value as { call: { method: string; params: unknown } };
  requireCall(call.method, call.params, error);
  return call as Call;
}

function requireEvent(event: unknown, index: number, error: Blame): void {
  const what = `event ${index + 1}`;
  const kind = isObject(event) ? event['ev'] : undefined;
  const schema = schemaOf(eventSchemas, kind);
  if (schema === undefined) {
    throw error('E_TRANSCRIPT_EVENT', `${what}: there is no event ${JSON.stringify(kind)}`);
  }
  requireValid(schema, event, 'E_TRANSCRIPT_EVENT', `${what}, ${String(kind)}`, error);
}

/**
 * What a call came to, and what it caused.
 * @throws TranscriptError `E_TRANSCRIPT_LINE`, `E_TRANSCRIPT_RESULT`, `E_TRANSCRIPT_EVENT`
 */
export function resultOf(line: JsonLine, file: string): { answer: Answer; events: TraceEvent[] } {
  const error = blame(line, file);
  requireValid(ResultLine, line.value, 'E_TRANSCRIPT_LINE', 'result', error);
  const { result, events } = line.value as { result: unknown; events: unknown[] };
  requireValid(AnswerLine, result, 'E_TRANSCRIPT_RESULT', 'result', error);
  events.forEach((event, index) => {
    requireEvent(event, index, error);
  });
  return { answer: result as Answer, events: events as TraceEvent[] };
}
