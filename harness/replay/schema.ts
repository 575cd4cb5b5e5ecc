/** What the lines of a transcript hold, beyond the calls and events of protocol 1. */
import { Type, type Static, type TProperties } from '@sinclair/typebox';
import { IoctlArg, Symbols } from '../adapter/protocol.js';
import { TreeEntrySchema, answerFields } from '../adapter/result-schemas.js';

const closed = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

const Name = Type.String({ minLength: 1 });
const Optional = {
  text: Type.Optional(Type.String()),
  integer: Type.Optional(Type.Integer()),
};

/** The first line: what was recorded, where, and what of it counts. */
export const Header = closed({
  transcript: Type.Literal(1),
  scenario: Name,
  title: Type.String(),
  kernel: Name,
  profile: Name,
  points: Type.Array(Name),
  modules: Type.Array(Name),
  unordered: Type.Optional(Type.Array(Name)),
  /** of a recording of a case: its id, and how the implementation introduced itself */
  case: Type.Optional(Name),
  hello: Type.Optional(closed(answerFields.hello)),
});
export type Header = Static<typeof Header>;

export const StepLine = closed({ step: Type.String() });
export const CallLine = closed({
  call: closed({ method: Type.String(), params: Type.Unknown() }),
});
export const ResultLine = closed({ result: Type.Unknown(), events: Type.Array(Type.Unknown()) });

const plain = {
  errno: Type.Optional(Name),
  ret: Optional.integer,
  data: Optional.text,
  names: Type.Optional(Type.Array(Type.String())),
  entries: Type.Optional(Type.Array(TreeEntrySchema)),
  values: Type.Optional(Symbols),
  hex: Type.Optional(Type.String({ pattern: '^([0-9a-f]{2})*$' })),
  arg: Type.Optional(IoctlArg),
};

/** What a call came to; the result of a task is an answer of a plain call. */
export const AnswerLine = Type.Object(
  {
    ...plain,
    state: Type.Optional(
      Type.Union([Type.Literal('running'), Type.Literal('blocked'), Type.Literal('done')]),
    ),
    result: Type.Optional(Type.Object(plain, { additionalProperties: false, minProperties: 1 })),
  },
  { additionalProperties: false, minProperties: 1 },
);
