/** What strings in suite files must look like, one row per kind of string. */
import { isDate } from '../date.js';
import type { SuiteCode } from './codes.js';
import { selectProfiles, type ProfileName } from './profiles.js';
import { didYouMean } from './suggest.js';
import { TRACE_POINTS } from './trace-points.js';
import { hasPlaceholder, nearMiss } from './uuids.js';
import { CALLBACK_OPS, CAPABILITY_WORDS, ERRNOS, isErrno } from './words.js';

/** What the caller knows and suite files may refer to. */
export interface World {
  /** the table of profiles, in its order */
  profiles: readonly ProfileName[];
  /** names of the vendor drivers there are */
  vendors: readonly string[];
}

export interface Problem {
  code: SuiteCode;
  message: string;
  hint?: string;
}

/** @returns what is wrong with the text, if anything */
type Check = (text: string, world: World) => Problem | undefined;

const pattern =
  (regex: RegExp, code: SuiteCode, what: string, hint?: string): Check =>
  (text) =>
    regex.test(text)
      ? undefined
      : { code, message: `${JSON.stringify(text)} is not ${what}`, ...(hint && { hint }) };

const unknown = (
  code: SuiteCode,
  what: string,
  text: string,
  words: readonly string[],
): Problem => ({ code, message: `${text} is no known ${what}`, hint: didYouMean(text, words) });

const checkText: Check = (text) => {
  const miss = nearMiss(text);
  if (miss === undefined) return undefined;
  return {
    code: 'E_SUITE_LETTER',
    message: `${miss} is no placeholder for a uuid`,
    hint: 'write {A} for the uuid of A, {A^} for its upper-case form',
  };
};

const letterHint = (text: string): string =>
  /^[a-z]$/.test(text)
    ? `write ${text.toUpperCase()}`
    : 'a uuid is a letter from A to Z; to write other data, use the verb write';

const checkLetter: Check = (text) =>
  /^[A-Z]$/.test(text)
    ? undefined
    : {
        code: 'E_SUITE_LETTER',
        message: `${JSON.stringify(text)} is not a letter from A to Z`,
        hint: letterHint(text),
      };

const SYSFS = [
  'block',
  'bus',
  'class',
  'dev',
  'devices',
  'firmware',
  'fs',
  'hypervisor',
  'kernel',
  'module',
  'power',
];
const ROOTS = ['sys', 'dev', 'proc'];

function unreachable(text: string): Omit<Problem, 'code'> | undefined {
  if (!text.startsWith('/')) return { message: `${text} is not an absolute path` };
  const [root = '', second] = text.slice(1).split('/');
  if (!ROOTS.includes(root)) {
    return {
      message: `nothing of mdev or VFIO is under /${root}`,
      hint: didYouMean(root, ROOTS),
    };
  }
  if (/\/(\.{0,2})(\/|$)/.test(text)) {
    return { message: `${text} has an empty component, "." or ".."`, hint: 'write it straight' };
  }
  if (root === 'sys' && second !== undefined && !SYSFS.includes(second)) {
    return { message: `there is no directory /sys/${second}`, hint: didYouMean(second, SYSFS) };
  }
  return undefined;
}

const checkPath: Check = (text, world) => {
  const wrong = unreachable(text);
  return wrong ? { code: 'E_SUITE_PATH', ...wrong } : checkText(text, world);
};

const checkRegex: Check = (text) => {
  try {
    new RegExp(text);
    return undefined;
  } catch (error) {
    return { code: 'E_SUITE_REGEX', message: (error as Error).message };
  }
};

const checkProfiles: Check = (text, world) => {
  const selection = selectProfiles(
    text.split(',').map((part) => part.trim()),
    world.profiles,
  );
  return 'problems' in selection ? selection.problems[0] : undefined;
};

const checkCapability: Check = (text, world) => {
  const words = [
    ...Object.keys(CAPABILITY_WORDS),
    ...world.vendors.map((vendor) => `vendor:${vendor}`),
  ];
  return words.includes(text)
    ? undefined
    : unknown('E_SUITE_CAPABILITY', 'capability', text, words);
};

const checkTracePoint: Check = (text) =>
  TRACE_POINTS.includes(text)
    ? undefined
    : unknown('E_SUITE_TRACE_POINT', 'trace point', text, TRACE_POINTS);

const checkErrno: Check = (text) =>
  isErrno(text) ? undefined : unknown('E_SUITE_ERRNO', 'errno', text, ERRNOS);

/** What a reference can be taken to. */
const checkObject: Check = (text, world) => {
  if (text.startsWith('/')) return checkPath(text, world);
  if (/^(vfio_device|module):\S+$/.test(text)) return checkText(text, world);
  return {
    code: 'E_SUITE_VALUE',
    message: `${JSON.stringify(text)} is nothing that can be held`,
    hint: 'a path in sysfs, vfio_device:{A} or module:NAME',
  };
};

const checkCallback: Check = (text, world) => {
  const code = 'E_SUITE_CALLBACK';
  const [driver = '', op, ...rest] = text.split('.');
  if (op === undefined || rest.length > 0) {
    return { code, message: `${text} is not driver.operation`, hint: 'such as mtty.probe' };
  }
  if (!world.vendors.includes(driver)) return unknown(code, 'driver', driver, world.vendors);
  return (CALLBACK_OPS as readonly string[]).includes(op)
    ? undefined
    : unknown(code, 'operation of a driver', op, CALLBACK_OPS);
};

const checkDate: Check = (text) => {
  if (isDate(text)) return undefined;
  const message = `${JSON.stringify(text)} is no day`;
  return { code: 'E_SUITE_VALUE', message, hint: 'write year-month-day, such as 2027-03-31' };
};

/** The part between slashes of a text that is a regular expression. */
export const regexSource = (text: string): string | undefined => /^\/(.+)\/$/s.exec(text)?.[1];

const NAME = /^[A-Za-z0-9_.:-]+$/;

export const FORMATS = {
  text: checkText,
  path: checkPath,
  letter: checkLetter,
  uuid: (text, world) =>
    checkText(text, world) ?? (hasPlaceholder(text) ? undefined : checkLetter(text, world)),
  name: pattern(NAME, 'E_SUITE_VALUE', 'a name: letters, digits, "_", ".", ":" and "-"'),
  type: pattern(/^[^/\s]+\/[^/\s]+$/, 'E_SUITE_VALUE', 'parent/type', 'such as mtty/mtty-2'),
  insmod: pattern(
    /^[A-Za-z0-9_-]+(\s+[A-Za-z0-9_]+(=\S*)?)*$/,
    'E_SUITE_VALUE',
    'a module and its parameters',
    'such as: mscript probe_ret=-12; or {module, params} apart',
  ),
  hex: pattern(/^([0-9a-f]{2})*$/, 'E_SUITE_VALUE', 'lower-case hex, two digits for each byte'),
  duration: pattern(/^\d+(ms|s)$/, 'E_SUITE_VALUE', 'a duration', 'such as 10s or 500ms'),
  fd: pattern(
    /^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*$/,
    'E_SUITE_FD_NAME',
    'the name of a descriptor: lower-case letters, digits and "-"',
  ),
  task: pattern(
    /^[a-z][a-z0-9_-]{0,14}$/,
    'E_SUITE_TASK_NAME',
    'the name of a task: at most 15 lower-case letters, digits and "-"',
  ),
  label: pattern(/^[a-z][a-z0-9-]*$/, 'E_SUITE_LABEL', 'a label: lower-case letters and "-"'),
  regex: checkRegex,
  log: (text, world) => {
    const regex = regexSource(text);
    return regex === undefined ? checkText(text, world) : checkRegex(regex, world);
  },
  profiles: checkProfiles,
  capability: checkCapability,
  'trace-point': checkTracePoint,
  callback: checkCallback,
  errno: checkErrno,
  object: checkObject,
  suite: pattern(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'E_SUITE_NAME', 'area/topic'),
  'case-id': pattern(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
    'E_SUITE_ID',
    'the id of a case',
    'area.what-it-says, in lower case',
  ),
  'requirement-id': pattern(
    /^[A-Z]+(-[A-Z]+)*-\d{2,}$/,
    'E_SUITE_ID',
    'the id of a requirement',
    'such as MDEV-PROBE-01',
  ),
  signature: pattern(
    /^[A-Za-z_-]+(\+[a-z-]+)*:[0-9a-f]{12}$/,
    'E_SUITE_VALUE',
    'the signature of a failure',
    'mdevct known propose writes it',
  ),
  link: pattern(/^https?:\/\/\S+$/, 'E_SUITE_VALUE', 'a link', 'such as https://…'),
  date: checkDate,
  sentence: pattern(/\S/, 'E_SUITE_VALUE', 'a sentence'),
} satisfies Record<string, Check>;

export type FormatName = keyof typeof FORMATS;

/** @returns what is wrong with a string that should be of this format, if anything */
export function checkFormat(name: FormatName, text: string, world: World): Problem | undefined {
  return FORMATS[name](text, world);
}
