/** Languages in which `mdevct adapter new` writes; a new one is a row and a folder of examples/minimum. */
import { Option } from 'commander';

interface Language {
  /** what has to be done before it runs */
  build?: string;
  run: string;
}

export const LANGUAGES = {
  python: { run: 'python3 adapter.py' },
  typescript: { build: 'npm install && npm run build', run: 'node adapter.js' },
  c: { build: 'make', run: './adapter' },
  go: { build: 'go build', run: './adapter' },
} satisfies Record<string, Language>;

export type LanguageName = keyof typeof LANGUAGES;

export const languageNamed = (name: LanguageName): Language => LANGUAGES[name];

export const languageOption = (): Option =>
  new Option('--lang <language>', 'in which language')
    .choices(Object.keys(LANGUAGES))
    .makeOptionMandatory();
