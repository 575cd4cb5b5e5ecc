/**
 * What belongs in the fields of a message, said without the library behind the schemas of protocol.ts:
 * loading it would take longer than a short run. Tests hold both against each other.
 */

/** What belongs in a field. */
export interface Rule {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
  readonly optional?: true;
}

/** One rule for each field of a message. */
export type Rules = Readonly<Record<string, Rule>>;
/** The same, so that no field of `T` is forgotten. */
export type RulesOf<T> = { readonly [F in keyof T]-?: Rule };

export const isText = (value: unknown): value is string => typeof value === 'string';
const isHex = (value: unknown): boolean =>
  isText(value) && value.length % 2 === 0 && /^[0-9a-f]*$/.test(value);
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with one field of that name and no other. */
const isOnly = (value: unknown, key: string, fits: (inner: unknown) => boolean): boolean =>
  isObject(value) && Object.getOwnPropertyNames(value).join() === key && fits(value[key]);
export const isListOf = (value: unknown, fits: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(fits);

export const optional = (rule: Rule): Rule => ({ ...rule, optional: true });
export const oneOf = (...words: readonly unknown[]): Rule => ({
  wanted: words.join(' or '),
  fits: (value) => words.includes(value),
});

export const text: Rule = { wanted: 'a text', fits: isText };
export const name: Rule = {
  wanted: 'a text that is not empty',
  fits: (value) => isText(value) && value !== '',
};
export const texts: Rule = {
  wanted: 'a list of texts',
  fits: (value) => isListOf(value, isText),
};
export const integer: Rule = { wanted: 'a whole number', fits: Number.isInteger };
export const fd: Rule = { wanted: 'a descriptor, a whole number', fits: Number.isInteger };
export const hex: Rule = { wanted: 'bytes, two digits each', fits: isHex };
export const count: Rule = {
  wanted: 'a whole number from 0',
  fits: (value) => Number.isInteger(value) && (value as number) >= 0,
};
export const path: Rule = {
  wanted: 'an absolute path',
  fits: (value) => isText(value) && value.startsWith('/'),
};
/** The argument of an ioctl, on its way there and back. */
export const arg: Rule = {
  wanted: 'a number, a text, {fd} or {hex}',
  fits: (value) =>
    Number.isFinite(value) ||
    isText(value) ||
    isOnly(value, 'fd', fd.fits) ||
    isOnly(value, 'hex', isHex),
};
/** Kconfig symbols and their values, at least one. */
export const symbols: Rule = {
  wanted: 'an object of one symbol or more, each y, m or n',
  fits: (value) =>
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(
      ([name, each]) =>
        /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/.test(name) && ['y', 'm', 'n'].includes(each as string),
    ),
};
export const object: Rule = { wanted: 'an object', fits: isObject };

/**
 * A field of an object that has no rule. Called for each event of a run: a loop is the cheapest form.
 * @returns its name, or undefined
 */
export function strangerOf(value: Record<string, unknown>, rules: Rules): string | undefined {
  for (const key of Object.getOwnPropertyNames(value)) if (!Object.hasOwn(rules, key)) return key;
  return undefined;
}

/**
 * The first field that is missing or not as its rule says.
 * @returns its name and what it must be, or undefined
 */
export function misfitOf(
  value: Record<string, unknown>,
  rules: Rules,
): { field: string; wanted: string } | undefined {
  for (const field in rules) {
    const rule = rules[field]!;
    const found = Object.hasOwn(value, field) ? value[field] : undefined;
    if (found === undefined && rule.optional) continue;
    if (!rule.fits(found)) return { field, wanted: rule.wanted };
  }
  return undefined;
}

/** The names of the fields that there are, for a sentence. */
export const fieldNames = (rules: Rules): string => Object.keys(rules).join(', ') || 'none';
