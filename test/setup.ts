import { readFileSync } from 'node:fs';

// Both take longer to load than many tests, so they are loaded only for the tests that use them.
const { testPath = '' } = expect.getState();
if (testPath.includes('/test/modules/')) require('./modules/setup');
if (readFileSync(testPath, 'utf8').includes('fast-check')) require('./property-runs');
