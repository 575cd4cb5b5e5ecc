/** Text → a plain value and the places of its parts. The only user of the package `yaml`. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { TextMistake } from './text.js';
import type { Path } from './validate.js';

/** Where a part of the text is, as offsets. */
export interface Span {
  offset: number;
  length: number;
}

export interface Parsed {
  value: unknown;
  /** The place of the value at a path, or of the key that ends the path. */
  locate(path: Path, atKey?: boolean): Span;
}

const MAX_DEPTH = 40;
const OPTIONS = {
  // `yaml` compares each key with each other one; the walk below has a set instead.
  uniqueKeys: false,
  prettyErrors: false,
  keepSourceTokens: false,
} as const;

class Walk {
  readonly mistakes: TextMistake[] = [];

  private fail(node: Node | null, mistake: Omit<TextMistake, 'offset' | 'length'>): void {
    const { offset, length } = spanOf(node);
    this.mistakes.push({ offset, length, ...mistake });
  }

  private refuse(node: Node): void {
    const tag = node.tag?.replace(/^!/, '');
    const quoted = tag !== undefined && !tag.startsWith('tag:');
    this.fail(node, {
      code: 'E_SUITE_ALIAS',
      message: quoted ? `${node.tag} is a tag here` : 'anchors and aliases are not used in suites',
      hint: quoted ? `to write a text, quote it: "!${tag}"` : 'write it out where it is needed',
    });
  }

  private map(pairs: readonly Pair[], depth: number): unknown {
    const keys = new Set<string>();
    const entries = pairs.map((pair): [string, unknown] => {
      const key = pair.key as Node | null;
      const name = isScalar(key) ? String(key.value) : '';
      if (!isScalar(key) || typeof key.value === 'object') {
        this.fail(key, { code: 'E_SUITE_TYPE', message: 'a key must be a text' });
      } else if (keys.has(name)) {
        const hint = 'the last one would win; keep one';
        this.fail(key, { code: 'E_SUITE_DUPLICATE_KEY', message: `${name} is here twice`, hint });
      }
      keys.add(name);
      return [name, this.value(pair.value as Node | null, depth + 1)];
    });
    return Object.fromEntries(entries);
  }

  /** The plain value of a node; notes what suites don't use on the way. */
  value(node: Node | null, depth = 0): unknown {
    if (node === null) return null;
    if (depth > MAX_DEPTH) {
      this.fail(node, { code: 'E_SUITE_NESTING', message: `more than ${MAX_DEPTH} levels deep` });
      return null;
    }
    const named = isAlias(node) || ('anchor' in node && node.anchor !== undefined);
    if (named || node.tag !== undefined) this.refuse(node);
    if (isMap(node)) return this.map(node.items as Pair[], depth);
    if (isSeq(node)) return node.items.map((item) => this.value(item as Node | null, depth + 1));
    return isScalar(node) ? node.value : null;
  }
}

function spanOf(node: Node | null | undefined): Span {
  const [start, end] = node?.range ?? [0, 1];
  return { offset: start, length: Math.max(1, end - start) };
}

function pairAt(node: unknown, key: string | number): Pair | undefined {
  return isMap(node)
    ? (node.items as Pair[]).find(({ key: at }) => isScalar(at) && String(at.value) === key)
    : undefined;
}

/** Goes as far along the path as the text does, so that an absent field is at its parent. */
function locator(root: Node | null): Parsed['locate'] {
  return (path, atKey = false) => {
    let node: unknown = root;
    for (const [depth, key] of path.entries()) {
      const pair = pairAt(node, key);
      const last = depth === path.length - 1;
      const next = isSeq(node) ? node.items[Number(key)] : last && atKey ? pair?.key : pair?.value;
      if (next === undefined || next === null) return spanOf((pair?.key ?? node) as Node);
      node = next;
    }
    return spanOf(node as Node | null);
  };
}

const TOO_DEEP = 'nested too deeply to be parsed';

/** Codes of `yaml` that mean something of ours; the others are plain syntax errors. */
const OWN_CODES: Readonly<Record<string, Pick<TextMistake, 'code' | 'message' | 'hint'>>> = {
  MULTIPLE_DOCS: {
    code: 'E_SUITE_DOCUMENTS',
    message: 'another document starts here',
    hint: 'one file holds one document; remove the line "---"',
  },
  RESOURCE_EXHAUSTION: { code: 'E_SUITE_NESTING', message: TOO_DEEP },
  TAB_AS_INDENT: { code: 'E_SUITE_TAB', message: 'tabs do not indent', hint: 'use spaces' },
};

function syntaxMistakes(document: Document): TextMistake[] {
  return document.errors.map(({ code, pos, message }) => ({
    code: 'E_SUITE_YAML',
    message,
    ...OWN_CODES[code],
    offset: pos[0],
    length: Math.max(1, pos[1] - pos[0]),
  }));
}

function compose(text: string): Document | { mistakes: TextMistake[] } {
  try {
    return parseDocument(text, OPTIONS);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { mistakes: [{ code: 'E_SUITE_NESTING', offset: 0, message: TOO_DEEP }] };
  }
}

/**
 * Parses one YAML document without anchors, aliases, tags or duplicate keys.
 * @returns its value, or everything that is wrong with the text
 */
export function parse(text: string): Parsed | { mistakes: TextMistake[] } {
  const document = compose(text);
  if ('mistakes' in document) return document;
  const broken = syntaxMistakes(document);
  if (broken.length > 0) return { mistakes: broken };
  const root = document.contents as Node | null;
  if (root === null || (isScalar(root) && root.value === null)) {
    const hint = 'a suite starts with: suite: <area>/<topic>';
    return { mistakes: [{ code: 'E_SUITE_EMPTY', offset: 0, message: 'the file is empty', hint }] };
  }
  const walk = new Walk();
  const value = walk.value(root);
  return walk.mistakes.length > 0 ? { mistakes: walk.mistakes } : { value, locate: locator(root) };
}
