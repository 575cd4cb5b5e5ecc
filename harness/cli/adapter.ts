/** `mdevct adapter`: tries an adapter, or writes the beginning of one. */
import { parseSpec, kindOf } from '../adapter/spec.js';
import type { Result } from '../adapter-check/types.js';
import { plural } from '../report/words.js';
import { adapterOptionsOf, connectionOptions, type AdapterChoice } from './adapter-options.js';
import type { Define } from './commands.js';
import { Exit } from './exit.js';
import { languageNamed, languageOption, type LanguageName } from './languages.js';
import * as option from './options.js';
import type { Terminal } from './terminal.js';

type CheckOptions = Omit<AdapterChoice, 'adapter'> & { json: boolean };

const failed = ({ kind, level }: Result): boolean => kind === 'finding' && level === 'MUST';

/** One check, as it is told when it is over. */
function told(result: Result, { colours }: Terminal): string {
  const { id, title, level } = result;
  switch (result.kind) {
    case 'pass':
      return `${colours.green('✔')} ${id}: ${title}\n`;
    case 'not-applicable':
      return colours.dim(`– ${id}: not tried, ${result.reason}\n`);
    case 'finding': {
      const { sent, came, wanted } = result.finding;
      const mark = level === 'MUST' ? colours.red('✖') : colours.yellow('!');
      const lines = [`  sent    ${sent}`, `  came    ${came}`, `  wanted  ${wanted}`];
      return `${mark} ${id}: ${level}: ${title}\n${lines.join('\n')}\n`;
    }
  }
}

function closing(results: readonly Result[]): string {
  const passed = results.filter(({ kind }) => kind === 'pass').length;
  const musts = results.filter(failed).length;
  const advice = results.filter((each) => each.kind === 'finding').length - musts;
  return `${plural(passed, 'check')} passed, ${musts} failed, ${plural(advice, 'piece')} of advice\n`;
}

async function check(adapter: string, options: CheckOptions, terminal: Terminal): Promise<Exit> {
  const spec = parseSpec(adapter);
  const settings = adapterOptionsOf({ ...options, adapter });
  const [{ checkAdapter }, { open }] = await Promise.all([
    import('../adapter-check/run.js'),
    kindOf(spec).load(),
  ]);
  const opened = await open(spec.target, settings);
  const results: Result[] = [];
  try {
    for await (const result of checkAdapter(opened, settings.timeoutMs)) {
      results.push(result);
      if (!options.json) terminal.out(told(result, terminal));
    }
  } finally {
    await opened.close();
  }
  const ok = !results.some(failed);
  terminal.out(
    options.json ? `${JSON.stringify({ ok, adapter: spec.shown, results })}\n` : closing(results),
  );
  return ok ? Exit.ok : Exit.unexpected;
}

async function create(
  folder: string,
  { lang }: { lang: LanguageName },
  terminal: Terminal,
): Promise<Exit> {
  const { copyExample } = await import('./example.js');
  const files = copyExample(`minimum/${lang}`, folder);
  const { build, run } = languageNamed(lang);
  const next = build === undefined ? '' : `${build} && `;
  terminal.out(
    `${files.join(', ')} written to ${folder}\n` +
      `next: cd ${folder} && ${next}mdevct adapter check "exec:${run}"\n`,
  );
  return Exit.ok;
}

export const define: Define = (command, { terminal, action }) => {
  const checking = command
    .command('check')
    .description('try an adapter: handshake, errors, answers, tasks, sizes, speed')
    .argument('<adapter>', 'as --adapter of mdevct run takes it')
    .addOption(option.jsonOption());
  connectionOptions(checking);
  checking.action(
    action((adapter: string, options: CheckOptions) => check(adapter, options, terminal)),
  );
  const making = command
    .command('new')
    .description('write a program that passes the handshake, to start from')
    .argument('<folder>', 'a new or an empty one')
    .addOption(languageOption());
  making.action(
    action((folder: string, options: { lang: LanguageName }) => create(folder, options, terminal)),
  );
  const examples = [
    'adapter check "exec:python3 adapter.py"',
    'adapter check http://127.0.0.1:8080/ --json',
    'adapter new my-adapter --lang python',
  ];
  option.examples(checking, examples.slice(0, 2));
  option.examples(making, examples.slice(2));
  option.examples(command, examples);
};
