/** Which implementation is put under test, as several commands take it. */
import { Option, type Command } from 'commander';
import { ADAPTER_KINDS } from '../adapter/kinds.js';
import type { AdapterOptions } from '../adapter/options.js';
import { HarnessError } from '../errors.js';

/** As commander hands them over. */
export interface AdapterChoice {
  adapter: string;
  timeout: number;
  isolate: boolean;
  header: (readonly [string, string])[];
  headerEnv: (readonly [string, string])[];
  saveTranscripts?: string;
}

const MAX_SECONDS = 24 * 60 * 60;

function seconds(text: string): number {
  const value = Number(text);
  if (text !== '' && value > 0 && value <= MAX_SECONDS) return value;
  throw new HarnessError('E_USAGE', `--timeout takes seconds, more than 0, not ${text}`);
}

/** What is wrong is told without the value: it may be a secret. */
const pairs =
  (flag: string, separator: string) =>
  (text: string, before: (readonly [string, string])[]): (readonly [string, string])[] => {
    const at = text.indexOf(separator);
    const name = text.slice(0, at).trim();
    const value = text.slice(at + 1).trim();
    if (at > 0 && /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[^\r\n\0]+$/.test(value)) {
      return [...before, [name, value]];
    }
    const form = `${flag} takes the name of a header, "${separator}" and a value`;
    throw new HarnessError('E_USAGE', form);
  };

const FORM_WIDTH = 28;

const none: (readonly [string, string])[] = [];

const forms = new Set(
  Object.values(ADAPTER_KINDS).map(
    ({ form, summary }) => `  ${form.padEnd(FORM_WIDTH)}  ${summary}\n`,
  ),
);

/** Adds the option that names the implementation, and those that say how it is reached. */
export function adapterOptions(command: Command): void {
  command.addOption(
    new Option('--adapter <adapter>', 'the implementation under test').default('reference'),
  );
  connectionOptions(command);
}

/** Adds the options that say how an implementation is reached. */
export function connectionOptions(command: Command): void {
  command
    .addHelpText('after', `\nAdapters:\n${[...forms].join('')}`)
    .addOption(
      new Option('--timeout <seconds>', 'the most that a call may take')
        .argParser(seconds)
        .default(10),
    )
    .addOption(new Option('--isolate', 'a process for each case (exec: only)').default(false))
    .addOption(
      new Option('--header <name:value>', 'a header of each request (http: only)')
        .argParser(pairs('--header', ':'))
        .default(none, 'none'),
    )
    .addOption(
      new Option('--header-env <name=variable>', 'the same for a secret in the environment')
        .argParser(pairs('--header-env', '='))
        .default(none, 'none'),
    );
}

/** Options that would be ignored are a misunderstanding. */
function requireMeaning({ adapter, isolate, header, headerEnv }: AdapterChoice): void {
  if (isolate && !adapter.startsWith('exec:')) {
    throw new HarnessError('E_USAGE', '--isolate is for exec: only, which starts processes');
  }
  if (header.length + headerEnv.length > 0 && !/^https?:/.test(adapter)) {
    throw new HarnessError('E_USAGE', '--header and --header-env are for http: and https: only');
  }
}

/** @throws HarnessError `E_USAGE` for options that the adapter has no use for */
export function adapterOptionsOf(choice: AdapterChoice): AdapterOptions {
  requireMeaning(choice);
  return {
    timeoutMs: choice.timeout * 1000,
    isolate: choice.isolate,
    headers: choice.header,
    secretHeaders: choice.headerEnv,
    ...(choice.saveTranscripts !== undefined && { saveTranscripts: choice.saveTranscripts }),
  };
}
