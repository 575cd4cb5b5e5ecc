/** `transcript:<file or folder>`: answers from recordings of cases, each from its own. */
import { isDeepStrictEqual } from 'node:util';
import { AdapterFault } from '../errors.js';
import { TranscriptError } from '../replay/error.js';
import { findTranscripts, readHeader, readTranscript } from '../replay/read.js';
import type { RecordedCall } from '../replay/transcript.js';
import { callText } from '../trace/render-call.js';
import type { Adapter } from './adapter.js';
import type { Open, Opened } from './kinds.js';
import type { Call, Hello, Reply } from './protocol.js';

/** The recordings of one profile. */
interface Recordings {
  hello: Hello;
  /** case → file */
  files: Map<string, string>;
}

/** Follows the recording of one case at a time. */
class Player implements Adapter {
  private calls: readonly RecordedCall[] = [];
  private at = 0;
  private file = '';

  constructor(private readonly recordings: Recordings) {}

  get hello(): Hello {
    return this.recordings.hello;
  }

  lacks(caseId: string): string | undefined {
    return this.recordings.files.has(caseId) ? undefined : 'for lack of a recording';
  }

  begin({ id }: { id: string }): void {
    this.file = this.recordings.files.get(id) ?? '';
    this.calls = this.file === '' ? [] : readTranscript(this.file).calls;
  }

  call(call: Call): Reply {
    if (call.method === 'reset') {
      this.at = 0;
      return { answer: { ret: 0 }, events: [] };
    }
    const recorded = this.calls[this.at++];
    if (recorded && isDeepStrictEqual(recorded.call, call)) return recorded;
    throw new AdapterFault('E_TRANSCRIPT_CALL', this.difference(call, recorded));
  }

  close(): void {
    this.calls = [];
  }

  private difference(call: Call, recorded: RecordedCall | undefined): string {
    const instead = recorded
      ? `${this.file}:${recorded.line} has ${callText(recorded.call)}`
      : `${this.file || 'no recording'} has no further call`;
    return `${callText(call)} was not recorded: ${instead}; record the run anew`;
  }
}

function helloOf(file: string): { caseId: string; hello: Hello } | undefined {
  const { case: caseId, hello, profile } = readHeader(file);
  if (caseId === undefined || hello === undefined) return undefined;
  if (hello.profile === profile) return { caseId, hello: hello as Hello };
  const reason = `the header is of ${profile}, its hello of ${hello.profile}`;
  throw new TranscriptError('E_TRANSCRIPT_HEADER', file, 1, reason);
}

function add(all: Map<string, Recordings>, file: string): void {
  const found = helloOf(file);
  if (!found) return;
  const { caseId, hello } = found;
  const known = all.get(hello.profile) ?? { hello, files: new Map<string, string>() };
  const wrong = (reason: string) => new TranscriptError('E_TRANSCRIPT_HEADER', file, 1, reason);
  if (!isDeepStrictEqual(known.hello, hello)) {
    throw wrong('it is of another implementation than the recordings before it');
  }
  const other = known.files.get(caseId);
  if (other !== undefined) throw wrong(`${other} is of the same case and profile`);
  known.files.set(caseId, file);
  all.set(hello.profile, known);
}

function index(path: string): Map<string, Recordings> {
  const { files, errors } = findTranscripts([path]);
  if (errors[0]) throw errors[0];
  const all = new Map<string, Recordings>();
  for (const file of files) add(all, file);
  if (all.size > 0) return all;
  const reason = 'no recording here is of a case; mdevct replay judges recordings of scenarios';
  throw new TranscriptError('E_TRANSCRIPT_CASE', path, 1, reason);
}

/** See the head of this file. @throws TranscriptError what is wrong with the first bad recording */
export const open: Open = async (path): Promise<Opened> => {
  const all = index(path);
  return {
    profiles: async (asked) => [...all.keys()].filter((name) => asked?.includes(name) ?? true),
    factory(profile) {
      const recordings = all.get(profile);
      if (recordings) return new Player(recordings);
      throw new AdapterFault('E_TRANSCRIPT_CASE', `no recording is of ${profile}`);
    },
    close: async () => undefined,
  };
};
