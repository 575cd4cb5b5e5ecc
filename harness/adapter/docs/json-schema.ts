/** Protocol 1 as one JSON Schema, for editors and for implementations in other languages. */
import type { TProperties, TSchema } from '@sinclair/typebox';
import { eventSchemas, paramSchemas, type Method } from '../protocol.js';
import { RefusedSchema, answerFields } from '../result-schemas.js';
import { isOptional } from './type-text.js';

type Json = Record<string, unknown>;

const closed = (properties: Json, required = Object.keys(properties)): Json => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const ref = (name: string): Json => ({ $ref: `#/definitions/${name}` });
const either = (names: readonly string[]): Json => ({ oneOf: names.map(ref) });

const METHODS = Object.keys(paramSchemas) as Method[];
const id = { type: ['string', 'number'] };
const events = { type: 'array', items: ref('event') };

function requestSchema(method: Method): Json {
  const params = paramSchemas[method] as TSchema;
  const request = closed({ jsonrpc: { const: '2.0' }, id, method: { const: method }, params });
  const mayBeLeftOut = Object.keys(params.properties as object).length === 0;
  return mayBeLeftOut ? { ...request, required: ['jsonrpc', 'id', 'method'] } : request;
}

/** The fields of an answer with the events beside them. */
function resultSchema(fields: TProperties): Json {
  const required = Object.keys(fields).filter((name) => !isOptional(fields[name]!));
  return closed({ ...fields, events }, [...required, 'events']);
}

const definitions: Json = {
  ...Object.fromEntries(METHODS.map((method) => [`request-${method}`, requestSchema(method)])),
  request: either(METHODS.map((method) => `request-${method}`)),
  ...Object.fromEntries(
    METHODS.map((method) => [`result-${method}`, resultSchema(answerFields[method])]),
  ),
  refused: resultSchema(RefusedSchema.properties),
  result: { anyOf: [...METHODS.map((method) => ref(`result-${method}`)), ref('refused')] },
  error: closed(
    {
      code: { type: 'integer' },
      message: { type: 'string' },
      data: { description: 'code: a name of its own, E_…, for a fault of the implementation' },
    },
    ['code', 'message'],
  ),
  response: {
    oneOf: [
      closed({ jsonrpc: { const: '2.0' }, id, result: ref('result') }),
      closed({
        jsonrpc: { const: '2.0' },
        id: { type: ['string', 'number', 'null'] },
        error: ref('error'),
      }),
    ],
  },
  ...Object.fromEntries(
    Object.entries(eventSchemas).map(([kind, each]) => [`event-${kind}`, each]),
  ),
  event: either(Object.keys(eventSchemas).map((kind) => `event-${kind}`)),
};

/** The whole document. `protocol` is its version; a change that breaks implementations is another one. */
export const protocolSchema: Json = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'mdev-conformance protocol 1',
  description: 'A message is one request or one response; docs/protocol.md tells what they mean.',
  protocol: 1,
  anyOf: [ref('request'), ref('response')],
  definitions,
};
