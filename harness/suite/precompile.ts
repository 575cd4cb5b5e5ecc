/** Compiles suites/ into build/suites/, for the bundle beside it. Run by `npm run build`. */
import { implementation } from '../run/implementation.js';
import { precompileSuites } from './precompile-suites.js';

const { world } = await implementation('reference');
await precompileSuites('suites', 'build/suites', world);
