/** What a proposed golden would change, as a unified diff. */
import { createTwoFilesPatch } from 'diff';
import { serialiseBehaviours } from '../golden/behaviours.js';
import { goldenPath } from '../golden/case-id.js';
import { GoldenError } from '../golden/error.js';
import type { GoldenStore } from '../golden/store.js';
import type { Palette } from '../report/palette.js';

/** The behaviours that stand now; of a golden that was edited without review, nothing is said. */
function standing(store: GoldenStore, id: string): string {
  try {
    return serialiseBehaviours(store.find(id)?.behaviours ?? []);
  } catch (error) {
    if (error instanceof GoldenError) return '';
    throw error;
  }
}

const COLOURS: readonly [prefix: string, colour: keyof Palette][] = [
  ['---', 'bold'],
  ['+++', 'bold'],
  ['@@', 'cyan'],
  ['-', 'red'],
  ['+', 'green'],
];

function paint(line: string, palette: Palette): string {
  const row = COLOURS.find(([prefix]) => line.startsWith(prefix));
  return row === undefined ? line : palette[row[1]](line);
}

/** The diff from the golden of a case to the pending one. */
export function proposalDiff(store: GoldenStore, id: string, palette: Palette): string {
  const before = standing(store, id);
  const after = serialiseBehaviours(store.loadPending(id).document.behaviours);
  const path = goldenPath(id);
  const names = [before === '' ? '/dev/null' : `a/${path}`, `b/${path}`] as const;
  const patch = createTwoFilesPatch(...names, before, after, '', '', { context: 3 });
  const lines = patch
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('====='));
  return lines.map((line) => paint(line, palette)).join('\n');
}
