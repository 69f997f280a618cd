import { readFileSync } from 'node:fs';

// CDKTF records a stack trace for each token, which takes a third of the time of a synthesis. Only its errors contain them.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({ captureStackTrace: () => [] }));

// Both take longer to load than many tests, so they are loaded only for the tests that use them.
const { testPath = '' } = expect.getState();
if (testPath.includes('/test/modules/')) require('./modules/setup');
if (readFileSync(testPath, 'utf8').includes('fast-check')) require('./property-runs');
