/** `expect` as written → what an answer is checked for, given the method that answers. */
import type { Method } from '../adapter/protocol.js';
import type { Expectation, ProfileRow, TaskState } from './compiled.js';
import { fail, type Context } from './context.js';
import { selectProfiles, type ProfileName } from './profiles.js';
import type { RawExpect } from './schema/suite.js';
import { didYouMean } from './suggest.js';
import { UUIDS, substitute } from './uuids.js';
import type { Path } from './validate.js';
import { ERRNOS, TASK_STATES, isErrno, looksLikeErrno } from './words.js';

type Fields = Exclude<Extract<RawExpect, { ret?: number }>, readonly string[]>;
type FieldName = Exclude<keyof Fields, 'by-profile' | 'errno'>;

/** How the short forms are read, and which fields the long form may have. */
interface Answering {
  text?: (text: string) => Expectation | undefined;
  number?: (value: number) => Expectation;
  names?: true;
  fields: readonly FieldName[];
}

const returned = (ret: number): Expectation => ({ kind: 'ret', ret });
const trimmed = (text: string): Expectation => ({
  kind: 'data',
  data: substitute(text).trim(),
  trim: true,
});
const state = (text: string): Expectation | undefined =>
  (TASK_STATES as readonly string[]).includes(text)
    ? { kind: 'state', state: text as TaskState }
    : undefined;
const bytes = (hex: string): Expectation | undefined =>
  /^([0-9a-f]{2})*$/.test(hex) ? { kind: 'hex', hex } : undefined;

const RETURNS: Answering = { number: returned, fields: ['ret'] };

/** Methods that are not here only return a number. */
const ANSWERING: Partial<Record<Method, Answering>> = {
  read: {
    text: trimmed,
    number: (value) => trimmed(String(value)),
    fields: ['ret', 'data', 'matches'],
  },
  readlink: {
    text: (data) => ({ kind: 'data', data: substitute(data), trim: false }),
    fields: ['ret', 'data', 'link', 'matches'],
  },
  list: { names: true, fields: ['names', 'includes', 'excludes'] },
  tree: { fields: ['includes', 'excludes'] },
  ioctl: { number: returned, fields: ['ret', 'arg', 'hex'] },
  pread: { text: bytes, number: returned, fields: ['ret', 'hex'] },
  task: { text: state, fields: ['state', 'result'] },
  kconfig: { fields: ['ret', 'values'] },
  join: { number: returned, fields: ['ret', 'arg', 'hex'] },
};

/** A letter alone is a uuid, also before the mark of its kind. */
function nameOf(name: string): string {
  const letter = /^([A-Z])([@/]?)$/.exec(name);
  return letter ? `${UUIDS[letter[1]!]}${letter[2]}` : substitute(name);
}

type Compile<K extends FieldName> = (value: NonNullable<Fields[K]>, method: Method) => Expectation;

const FIELDS: { [K in FieldName]: Compile<K> } = {
  ret: returned,
  data: (data) => ({ kind: 'data', data: substitute(data), trim: false }),
  link: (data) => ({ kind: 'data', data: substitute(data), trim: false }),
  matches: (pattern) => ({ kind: 'matches', pattern: substitute(pattern) }),
  names: (names) => ({ kind: 'names', names: names.map(nameOf) }),
  includes: (names) => ({ kind: 'includes', names: names.map(nameOf) }),
  excludes: (names) => ({ kind: 'excludes', names: names.map(nameOf) }),
  hex: (hex, method) => ({ kind: method === 'pread' ? 'hex' : 'arg-hex', hex }),
  arg: (arg) => ({ kind: 'arg', arg: typeof arg === 'string' ? substitute(arg) : arg }),
  values: (values) => ({ kind: 'values', values }),
  state: (word) => ({ kind: 'state', state: word }),
  result: (result) => ({
    kind: 'result',
    result:
      typeof result === 'number'
        ? returned(result)
        : result === 'success'
          ? { kind: 'success' }
          : { kind: 'errno', errno: result },
  }),
};

/** Where an expectation is compiled: for which call, in which profiles. */
export interface ExpectSite {
  method: Method;
  path: Path;
  profiles: readonly ProfileName[];
  context: Context;
}

const SUCCESS: Expectation = { kind: 'success' };

function unsuitable(what: string, { method, path, context }: ExpectSite): Expectation {
  const { fields } = ANSWERING[method] ?? RETURNS;
  const hint = `expect of ${method}: an errno, success, or one of ${fields.join(', ')}`;
  fail(context, 'E_SUITE_EXPECT', path, `${method} never answers with ${what}`, { hint });
  return SUCCESS;
}

function errnoOf(word: string, { path, context }: ExpectSite): Expectation {
  if (!isErrno(word)) {
    const hint = didYouMean(word, [...ERRNOS, 'success']);
    fail(context, 'E_SUITE_ERRNO', path, `${word} is no known errno`, { hint });
  }
  return { kind: 'errno', errno: word };
}

function fromText(text: string, site: ExpectSite): Expectation {
  if (text === 'success') return SUCCESS;
  if (looksLikeErrno(text)) return errnoOf(text, site);
  const understood = (ANSWERING[site.method] ?? RETURNS).text?.(text);
  if (understood) return understood;
  const near = didYouMean(text, [...TASK_STATES, ...ERRNOS, 'success']);
  const { method, path, context } = site;
  const message = `${JSON.stringify(text)} is nothing that ${method} answers`;
  fail(context, 'E_SUITE_EXPECT', path, message, near ? { hint: near } : {});
  return SUCCESS;
}

function oneField<K extends FieldName>(name: K, fields: Fields, site: ExpectSite): Expectation {
  const value = fields[name]!;
  if (name === 'result' && typeof value === 'string' && value !== 'success') {
    errnoOf(value, { ...site, path: [...site.path, name] });
  }
  return FIELDS[name](value, site.method);
}

function fromFields(fields: Fields, site: ExpectSite): Expectation {
  const allowed: readonly string[] = (ANSWERING[site.method] ?? RETURNS).fields;
  const names = Object.keys(fields);
  if (fields.errno !== undefined) {
    const at = { ...site, path: [...site.path, 'errno'] };
    if (names.length > 1) return unsuitable('an errno and something else', at);
    return errnoOf(fields.errno, at);
  }
  const strange = names.filter((name) => !allowed.includes(name));
  for (const name of strange) unsuitable(name, { ...site, path: [...site.path, name] });
  if (strange.length > 0 || names.length === 0) return SUCCESS;
  const of = names.map((name) => oneField(name as FieldName, fields, site));
  return of.length === 1 ? of[0]! : { kind: 'all', of };
}

const OTHERWISE = 'otherwise';

/** The profiles behind a key of by-profile, among those of the step. */
function rowProfiles(key: string, taken: ReadonlySet<string>, site: ExpectSite): ProfileName[] {
  if (key === OTHERWISE) return site.profiles.filter((profile) => !taken.has(profile));
  const patterns = key.split(',').map((part) => part.trim());
  const selection = selectProfiles(patterns, site.context.world.profiles);
  if ('profiles' in selection) {
    return selection.profiles.filter((profile) => site.profiles.includes(profile));
  }
  for (const { code, message, hint } of selection.problems) {
    fail(site.context, code, [...site.path, key], message, { hint, atKey: true });
  }
  return [...site.profiles];
}

function fromProfiles(rows: Readonly<Record<string, RawExpect>>, site: ExpectSite): Expectation {
  const taken = new Set<ProfileName>();
  const wrong = (message: string, key?: string) =>
    fail(site.context, 'E_SUITE_EXPECT_PROFILES', key ? [...site.path, key] : site.path, message, {
      atKey: key !== undefined,
    });
  const before = site.context.mistakes.length;
  const last = (key: string) => Number(key === OTHERWISE);
  const compiled = Object.keys(rows)
    .sort((a, b) => last(a) - last(b))
    .map((key): ProfileRow => {
      const profiles = rowProfiles(key, taken, site);
      const twice = profiles.filter((profile) => taken.has(profile));
      if (profiles.length === 0) wrong(`${key}: none of these profiles is left for this row`, key);
      if (twice.length > 0) wrong(`${twice.join(', ')}: another row speaks of it, too`, key);
      for (const profile of profiles) taken.add(profile);
      const path = [...site.path, key];
      return { profiles, expect: compileExpect(rows[key], { ...site, path, profiles }) };
    });
  const left = site.profiles.filter((profile) => !taken.has(profile));
  if (left.length > 0 && site.context.mistakes.length === before) {
    wrong(`no row says what is expected in ${left.join(', ')}`);
  }
  return { kind: 'by-profile', rows: compiled };
}

/** Compiles `expect`; mistakes are noted in the context of the site. */
export function compileExpect(raw: RawExpect | undefined, site: ExpectSite): Expectation {
  if (raw === undefined) return SUCCESS;
  const answering = ANSWERING[site.method] ?? RETURNS;
  if (typeof raw === 'string') return fromText(raw, site);
  if (typeof raw === 'number') return answering.number?.(raw) ?? unsuitable('a number', site);
  if (Array.isArray(raw)) {
    return answering.names ? FIELDS.names(raw, site.method) : unsuitable('a list', site);
  }
  const { 'by-profile': rows, ...fields } = raw as Fields;
  if (rows === undefined) return fromFields(fields, site);
  if (Object.keys(fields).length > 0) {
    return unsuitable('by-profile and something else', site);
  }
  return fromProfiles(rows as Readonly<Record<string, RawExpect>>, {
    ...site,
    path: [...site.path, 'by-profile'],
  });
}

/** What is expected in one profile. */
export function expectationIn(expect: Expectation, profile: ProfileName): Expectation {
  if (expect.kind !== 'by-profile') return expect;
  return expect.rows.find(({ profiles }) => profiles.includes(profile))?.expect ?? SUCCESS;
}
