/** What differs from boot to boot in what a tree shows. */
import type { Answer, TreeEntry } from '../protocol.js';

function steadyData({ path, data }: TreeEntry): string | undefined {
  if (path.endsWith('/dev')) return data?.replace(/^\d+:\d+/, '<major>:<minor>');
  return data?.replace(/^MAJOR=\d+$/m, 'MAJOR=<major>').replace(/^MINOR=\d+$/m, 'MINOR=<minor>');
}

/** The same answer with the numbers of devices left open. */
export function steadyTree(answer: Answer): Answer {
  if (!answer.entries) return answer;
  const entries = answer.entries.map((entry) => {
    const data = steadyData(entry);
    return data === undefined ? entry : { ...entry, data };
  });
  return { ...answer, entries };
}
