/** For your own mocha tests: `import { goldenAssertion, GoldenStore } from 'mdev-conformance/mocha'`. */
export { goldenAssertion, type GoldenOptions } from './golden-assertion.js';
export { GoldenStore } from '../golden/store.js';
export type { Trace } from '../trace/types.js';
