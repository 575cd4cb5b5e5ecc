#!/usr/bin/env node
/** What `mdevct` is in the bundle: the bundled command line, started. */
import { fileURLToPath } from 'node:url';
import { cachedScript } from './cached-script.js';

cachedScript(fileURLToPath(new URL('mdevct.cjs', import.meta.url))).run();
