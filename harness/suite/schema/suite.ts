/** The schema of `suites/<area>/<topic>.yaml`. */
import { either, list, integer, object, optional, text, type Static } from '../builders.js';
import { VERBS, VERB_NAMES } from '../verbs/table.js';
import { Expect } from './expect.js';
import { Rule } from './intent.js';

/** Fields that may stand beside any verb. */
const besideVerb = {
  expect: optional(Expect),
  as: optional(text('name for the descriptor that the verb opens', 'fd')),
  start: optional(text('run the verb as another task of this name', 'task')),
  only: optional(list(text('profiles', 'profiles'), 'make this step in these profiles only')),
  label: optional(text('a name for intent rules to refer to', 'label')),
};

const verbFields = Object.fromEntries(
  Object.entries(VERBS).map(([name, { schema, description }]) => [
    name,
    optional({ ...schema, description }),
  ]),
);

const Step = object({ ...verbFields, ...besideVerb }, 'one verb, and what is expected of it', {
  noun: 'verb',
  keys: VERB_NAMES,
});

const Case = object(
  {
    id: text('<area>.<what it says>; unique, never reused, never renamed', 'case-id'),
    title: text('one sentence', 'sentence'),
    because: list(text('id of a requirement', 'requirement-id'), 'requirements it tests'),
    needs: optional(
      list(text('capability', 'capability'), 'capabilities without which it cannot run'),
    ),
    modules: optional(
      list(
        text('module', 'name'),
        'loaded before the first step, in order, and not part of the trace; absent: vfio, vfio_iommu_type1, mdev, and the shim vfio_mdev where it is a module',
      ),
    ),
    drivers: optional(
      list(
        text('a vendor driver and its parameters', 'insmod'),
        'loaded behind the modules, before the first step; not part of the trace either',
      ),
    ),
    profiles: optional(
      list(
        text('profile, a..b, a.., ..b, or "!" and one of these', 'profiles'),
        'where it holds; absent: in all',
      ),
    ),
    steps: list(Step, 'what is done, in order', { minItems: 1 }),
    intent: optional(list(Rule, 'what must hold of the events; written by a person')),
    leaks: optional(
      list(
        either(
          'what is left at the end since the era loses it, or the case leaves it held; anything else that is left is an error',
          text('in the words of who looks; {A} stands for the uuid of A', 'text'),
          object(
            {
              what: text('in the words of who looks; {A} stands for the uuid of A', 'text'),
              only: list(text('profiles', 'profiles'), 'in these profiles only'),
            },
            'what, and where',
          ),
        ),
        'what is left of the machine',
        { minItems: 1 },
      ),
    ),
    trivial: optional(
      text('why it may pass against an implementation that does nothing', 'sentence'),
    ),
  },
  'one case',
);

export const Suite = object(
  {
    suite: text('<area>/<topic>, as the file is named', 'suite'),
    schema: integer('version of this format: 1'),
    cases: list(Case, 'the cases', { minItems: 1 }),
  },
  'a suite of conformance cases for mdev and VFIO',
);

export type RawExpect = Static<typeof Expect>;
export type RawRule = Static<typeof Rule>;
export type RawSuite = Static<typeof Suite>;
export type RawCase = RawSuite['cases'][number];
export type RawStep = Static<typeof Step> & Record<string, unknown>;
