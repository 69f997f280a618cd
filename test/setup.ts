import { readFileSync } from 'node:fs';

// Each takes longer to load than many a test: it is loaded for the tests that ask for it.
const { testPath = '' } = expect.getState();
if (testPath.includes('/test/modules/')) require('./modules/setup');
if (readFileSync(testPath, 'utf8').includes('fast-check')) require('./property-runs');
