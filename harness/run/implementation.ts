/** The implementation under test, and the eras that the suite knows. */
import type { AdapterFactory } from '../adapter/adapter.js';
import type { Opened } from '../adapter/kinds.js';
import { DEFAULT_OPTIONS, type AdapterOptions } from '../adapter/options.js';
import { kindOf, parseSpec, type AdapterSpec } from '../adapter/spec.js';
import { HarnessError } from '../errors.js';
import type { World } from '../suite/formats.js';
import type { ProfileName } from '../suite/profiles.js';

/** A profile as the user sees it. */
export interface ProfileInfo {
  name: string;
  title: string;
}

/** What is needed of an implementation before one of its profiles is started. */
export interface Implementation {
  spec: AdapterSpec;
  options: AdapterOptions;
  factory: AdapterFactory;
  /** the eras that suites may speak of, oldest first, whoever plays them */
  profiles: readonly ProfileInfo[];
  world: World;
  /**
   * The profiles in which it is run, at least one.
   * @param asked absent: those that it plays by itself
   * @throws HarnessError `E_PROFILE` if it plays none of them, or one that is no era of the suite
   */
  offers(asked?: readonly ProfileName[]): Promise<readonly ProfileName[]>;
  /** Ends it. */
  close(): Promise<void>;
}

async function eras(): Promise<Pick<Implementation, 'profiles' | 'world'>> {
  const [{ profiles }, { vendor_drivers }] = await Promise.all([
    import('../../reference/profiles.js'),
    import('../../reference/kernel/module.js'),
  ]);
  const vendors = profiles.flatMap(({ modules }) => modules.flatMap(vendor_drivers));
  return {
    profiles: profiles.map(({ name, title }) => ({ name, title })),
    world: { profiles: profiles.map(({ name }) => name), vendors: [...new Set(vendors)] },
  };
}

function requireKnown(found: readonly ProfileName[], known: readonly ProfileName[]): void {
  const stranger = found.find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const message = `the implementation plays ${stranger}, which is no era of the suite; its hello must name one of ${known.join(', ')}`;
  throw new HarnessError('E_PROFILE', message);
}

async function offered(
  opened: Opened,
  known: readonly ProfileName[],
  asked?: readonly ProfileName[],
): Promise<readonly ProfileName[]> {
  const found = await opened.profiles(asked);
  requireKnown(found, known);
  if (found.length > 0) return found;
  const wanted = asked?.join(', ') ?? 'any profile';
  throw new HarnessError('E_PROFILE', `the implementation doesn't play ${wanted}`);
}

/**
 * Opens an implementation; what it is made of is only loaded now.
 * @param text as in `--adapter`
 * @throws HarnessError `E_USAGE` for an adapter that there isn't, and what else is the user's to mend
 */
export async function implementation(
  text = 'reference',
  options: AdapterOptions = DEFAULT_OPTIONS,
): Promise<Implementation> {
  const spec = parseSpec(text);
  const load = async (): Promise<Opened> => (await kindOf(spec).load()).open(spec.target, options);
  const [opened, known] = await Promise.all([load(), eras()]);
  const { saveTranscripts: folder } = options;
  const recorder = folder === undefined ? undefined : await import('../adapter/recorder.js');
  return {
    spec,
    options,
    factory: recorder ? recorder.recorded(opened.factory, folder!) : opened.factory,
    ...known,
    offers: (asked) => offered(opened, known.world.profiles, asked),
    close: () => opened.close(),
  };
}
