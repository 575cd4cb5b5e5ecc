/** The suites of the package on the reference, with `npm test` and its `--grep`. */
import { join } from 'node:path';
import { ROOT, shown } from '../cli/root.js';
import { implementation } from '../run/implementation.js';
import { defineSuites } from './suite-binding.js';

await defineSuites(await implementation('reference'), {
  suites: shown(join(ROOT, 'suites')),
  golden: shown(join(ROOT, 'golden')),
});
