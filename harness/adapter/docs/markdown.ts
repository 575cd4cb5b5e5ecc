/** docs/protocol.md: the words of this file, and tables from the schemas. */
import type { TProperties } from '@sinclair/typebox';
import { NOTES_LIMIT } from '../child.js';
import { eventSchemas, paramSchemas, type EventKind, type Method } from '../protocol.js';
import { RPC } from '../rpc.js';
import { answerFields } from '../result-schemas.js';
import { RESPONSE_LIMIT } from '../transport.js';
import { CAPABILITY_WORDS } from '../../suite/words.js';
import { markdownTable } from './table.js';
import { EVENT_TEXTS, METHOD_NEEDS, METHOD_TEXTS } from './texts.js';
import { isOptional, typeText } from './type-text.js';

const code = (text: string): string => `\`${text}\``;
const MIB = 1024 * 1024;
const KIB = 1024;

const HEAD = `# Protocol 1

<!-- Written by build/harness/adapter/docs/write.js from the schemas in harness/adapter/. -->

What an implementation speaks to be put under test. It answers calls of the user ABI, those that a program
makes on a real machine, and reports the events they caused. The same as a JSON Schema is in
[harness/adapter/protocol.schema.json](../harness/adapter/protocol.schema.json).

## Messages

JSON-RPC 2.0, without batches and without notifications: each request has one response, in the order of the
requests.

\`\`\`jsonl
{"jsonrpc":"2.0","id":1,"method":"hello","params":{"protocol":1}}
{"jsonrpc":"2.0","id":1,"result":{"protocol":1,"name":"my-device","version":"1","profile":"linux-6.12","capabilities":["sysfs"],"observes":["uevent"],"order":"total","clock":"virtual","events":[]}}
{"jsonrpc":"2.0","id":2,"method":"write","params":{"path":"/sys/bus/mdev/devices/0cc8bb8f-.../remove","data":"1"}}
{"jsonrpc":"2.0","id":2,"result":{"errno":"ENOENT","events":[]}}
\`\`\`

- **\`exec:\`** One object on each line, UTF-8, on standard input and output: read a line, write a line, and flush.
  Further lines may be waiting behind the one that is read; who asks the system whether there is input must
  also look into its own buffer. Standard error is yours: the last ${NOTES_LIMIT / KIB} KiB of it are shown with a fault.
  When its input ends, the implementation ends.
- **\`http:\`, \`https:\`** \`POST\` of one request object to one URL, \`Content-Type: application/json\`; the response
  object comes with status 200, errors of JSON-RPC included. A header \`Mdev-Session\` in the answer to the
  first \`hello\` is sent with each later request, so that a service can keep machines apart. Redirections are
  not followed.
- A response has at most ${RESPONSE_LIMIT / MIB} MiB and comes within the time that \`--timeout\` says.

## Answers, errors, faults

A call that the kernel would refuse is **answered**: \`{"errno": "EEXIST", "events": […]}\`. Errors without a name in
user space are \`ERESTARTSYS\`, \`ENOTSUPP\`, \`EPROBE_DEFER\`, or \`E\` and the number: \`E4095\`. Beyond 4095 a value
is no error, however negative: \`{"ret": -4096}\`.

An **error** of JSON-RPC says that there is no answer; the case ends there:

`;

const FAULTS: readonly [string, string][] = [
  ['E_ADAPTER_START', 'the program cannot be started'],
  ['E_ADAPTER_EXIT', 'it ended before it answered'],
  ['E_ADAPTER_HALF_LINE', 'it ended in the middle of a line'],
  ['E_ADAPTER_EOF', 'it closed its output and goes on'],
  ['E_ADAPTER_STDIN', 'it closed its input and goes on'],
  ['E_ADAPTER_TIMEOUT', 'it did not answer in time'],
  ['E_ADAPTER_LINE', 'a line is too long'],
  ['E_ADAPTER_UNASKED', 'it wrote a line that nobody had asked for'],
  ['E_ADAPTER_JSON', 'what it answered is not UTF-8, no JSON, or no object'],
  ['E_ADAPTER_RPC', 'what it answered is no response of JSON-RPC 2.0, or has a field too many'],
  ['E_ADAPTER_ID', 'it answered another request'],
  ['E_ADAPTER_RESULT', 'a result lacks a field, has one too many, or one that is not as below'],
  ['E_ADAPTER_EVENTS', 'a result has no events, or one that is not as below'],
  ['E_ADAPTER_HELLO', 'it refuses hello, plays another profile than it said, or changed its mind'],
  ['E_ADAPTER_ERROR', 'it answered an error that has no other name'],
  ['E_ADAPTER_CONNECT', 'nobody listens at the URL, after four attempts'],
  ['E_ADAPTER_CONNECTION', 'the connection was lost; the call may have been carried out'],
  ['E_ADAPTER_STATUS', 'the status of HTTP is not 200'],
  ['E_ADAPTER_REDIRECT', 'it answered a redirection'],
  ['E_ADAPTER_LENGTH', 'a response is too long'],
  ['E_ADAPTER_MODULE', 'a module has no factory, or its factory makes no implementation'],
  ['E_TRANSCRIPT_CALL', 'a recording has another call there'],
];

const errors = (): string =>
  markdownTable([
    ['code', 'meaning', 'verdict'],
    [String(RPC.parse), 'the request is no JSON', code('E_ADAPTER_ERROR')],
    [String(RPC.request), 'it is no request', code('E_ADAPTER_ERROR')],
    [String(RPC.method), 'the method is not offered', code('E_METHOD')],
    [String(RPC.params), 'its parameters make no sense', code('E_PARAMS')],
    [
      'other',
      'a fault of the implementation',
      `${code('data.code')}, or ${code('E_ADAPTER_ERROR')}`,
    ],
  ]);

const faults = (): string =>
  markdownTable([['code', 'what it did'], ...FAULTS.map(([name, text]) => [code(name), text])]);

/** A field, and whether it may be missing. */
function fieldRows(fields: TProperties): string[][] {
  return Object.entries(fields).map(([name, schema]) => [
    code(isOptional(schema) ? `${name}?` : name),
    typeText(schema),
  ]);
}

const fieldTable = (head: string, fields: TProperties): string =>
  Object.keys(fields).length === 0
    ? `No ${head}.`
    : markdownTable([[head, 'what it is'], ...fieldRows(fields)]);

function methodSection(method: Method): string {
  const { properties } = paramSchemas[method] as { properties: TProperties };
  const needs = METHOD_NEEDS[method];
  const behind = needs === undefined ? '' : ` Belongs to the capability \`${needs}\`.`;
  return [
    `### \`${method}\``,
    `${METHOD_TEXTS[method]}${behind}`,
    fieldTable('parameter', properties),
    fieldTable('result', answerFields[method]),
  ].join('\n\n');
}

/** What every event has. */
const COMMON = ['ev', 'task'];

function eventSection(kind: EventKind): string {
  const all = Object.entries(eventSchemas[kind].properties as TProperties);
  const fields = Object.fromEntries(all.filter(([name]) => !COMMON.includes(name)));
  return [`### \`${kind}\``, EVENT_TEXTS[kind], fieldTable('field', fields)].join('\n\n');
}

const capabilities = (): string =>
  markdownTable([
    ['word', 'an implementation that says it'],
    ...Object.entries(CAPABILITY_WORDS).map(([word, text]) => [code(word), text]),
    ['`vendor:<name>`', 'has the vendor driver of that name'],
  ]);

/** The whole page. */
export const protocolPage = (): string =>
  `${[
    `${HEAD}${errors()}`,
    'Everything else is a **fault**: the case has the verdict _error_, never a failure as expected. The implementation\nis started anew for the next one.',
    faults(),
    '## Methods',
    'A field with `?` may be left out; a field that is not named here is a fault. Every result has\n`events` beside what is named: all that was caused since the result before, in order.',
    ...(Object.keys(paramSchemas) as Method[]).map(methodSection),
    '## Events',
    'Each has `ev`, its kind, and `task`: `main`, or the name given to `start`.',
    ...(Object.keys(eventSchemas) as EventKind[]).map(eventSection),
    '## Capabilities',
    'What a case needs and an implementation lacks makes the case _not applicable_. What is said and broken is a failure.',
    capabilities(),
  ].join('\n\n')}\n`;
