/** Rewrites the examples of all documents: npm run docs. A file is written whole, or stays as it is. */
import { readFileSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import { writeAtomically } from '../golden/atomic.js';
import { documents, printer, type Print } from './documents.js';
import { lacking } from './installed.js';
import { refreshedDocument } from './refresh.js';

/** @returns whether the examples of the file could be brought up to date */
async function update(file: string, print: Print): Promise<boolean> {
  const text = readFileSync(file, 'utf8');
  try {
    const fresh = await refreshedDocument(text, file, async (command) =>
      lacking(command) === undefined ? print(command) : undefined,
    );
    if (fresh === text) return true;
    writeAtomically(file, fresh);
    process.stdout.write(`${file} has changed\n`);
    return true;
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    process.stderr.write(`${error.code} ${error.message}\n`);
    return false;
  }
}

const [, , ...chosen] = process.argv;
const files = chosen.length > 0 ? chosen : documents();
const print = printer();
const updated = await Promise.all(files.map(async (file) => update(file, print)));
process.exitCode = updated.every(Boolean) ? 0 : 1;
