const { testTimeout, ...base } = require('./jest.base.js');

// Suites that need Terraform, Python or Java, or a copy of the repository, have a configuration of their own.
const apart = [
  'additions',
  'browser',
  'terraform',
  'opentofu',
  'queue',
  'trino',
  'e2e',
  'local-aws',
  'versions',
].map((name) => `<rootDir>/test/${name}/`);

/**
 * Tests that take seconds of a processor each by what they are: every column or kind taken away, every place that holds
 * a person, every cut of a compressed object, whole archives compared. They run in CI, and by `npm run test:long`.
 */
const longFiles = '\\.long\\.test\\.ts$';
const processFiles = '\\.process\\.test\\.ts$';
const faults = '<rootDir>/test/archive/faults/';
const ignored = ['/node_modules/', ...apart];

/** @type {import('jest').Config} */
module.exports = {
  // Many suites wait for processes of their own, or for DuckDB's threads.
  maxWorkers: '100%',
  testTimeout,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts?(x)'],
      testPathIgnorePatterns: [...ignored, processFiles, faults, longFiles],
    },
    {
      ...base,
      displayName: 'process',
      testMatch: ['<rootDir>/test/**/*.process.test.ts', `${faults}**/*.test.ts`],
      testPathIgnorePatterns: [...ignored, longFiles],
    },
    {
      ...base,
      displayName: 'long',
      testRegex: longFiles,
      // `npm run test:faults` has all of those.
      testPathIgnorePatterns: [...ignored, faults],
    },
  ],
};
