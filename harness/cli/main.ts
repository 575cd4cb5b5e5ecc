/** `mdevct`: reads the command line and hands over to the file of one command. */
import { Command, CommanderError } from 'commander';
import { COMMANDS, type Context } from './commands.js';
import { complain, report } from './complaint.js';
import { Exit } from './exit.js';
import { version } from './signature.js';
import { surviveClosedPipes, terminal } from './terminal.js';

const screen = terminal();

const context: Context = {
  terminal: screen,
  action:
    (run) =>
    async (...args) => {
      process.exitCode = await run(...args);
    },
};

/** Messages of commander as ours: without its prefix, on one line, with a code. */
function usage(message: string): void {
  const sentence = message
    .replace(/^error: /, '')
    .trim()
    .replace(/\n+\(?/, '; ')
    .replace(/\)$/, '');
  complain(screen, 'E_USAGE', sentence);
}

function program(): Command {
  const root = new Command('mdevct')
    .description('conformance suite and golden traces for the Linux mdev and VFIO core')
    .version(version(), '--version', 'print the version')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: screen.out, writeErr: screen.err, outputError: usage });
  root.addHelpText('after', '\nmdevct <command> --help tells more, with examples.');
  return root;
}

/** What there is no help about is called instead, so that the complaint is the same. */
function withoutUnknownTopic(argv: string[]): string[] {
  const [word, topic] = argv;
  if (word !== 'help' || topic === undefined || topic === 'help') return argv;
  return COMMANDS.some(({ name }) => name === topic) ? argv : [topic];
}

/** The word that names the command: the first that is no option. */
const commandWord = (argv: readonly string[]): string | undefined =>
  argv.find((word) => !word.startsWith('-'));

async function main(argv: string[]): Promise<void> {
  const root = program();
  const word = commandWord(argv);
  for (const { name, summary, load } of COMMANDS) {
    const command = root.command(name).description(summary);
    const called = name === word || (word === 'help' && argv.includes(name));
    if (called) (await load()).define(command, context);
  }
  await root.parseAsync(argv, { from: 'user' });
}

/** All of it: what is thrown is told, and becomes the exit status. */
async function start(argv: string[]): Promise<void> {
  surviveClosedPipes();
  try {
    await main(withoutUnknownTopic(argv));
  } catch (error) {
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? Exit.ok : Exit.unusable;
    else process.exitCode = report(error, screen);
  }
}

void start(process.argv.slice(2));
