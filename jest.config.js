const { testTimeout, ...base } = require('./jest.base.js');

// Suites that need Terraform, Python or Java, and those that take long, have a configuration of their own.
const apart = ['terraform', 'queue', 'trino', 'e2e'].map((name) => `<rootDir>/test/${name}/`);

/** @type {import('jest').Config} */
module.exports = {
  // Many suites wait for processes of their own, or for DuckDB's threads.
  maxWorkers: '100%',
  testTimeout,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '\\.process\\.test\\.ts$',
        '<rootDir>/test/archive/faults/',
        ...apart,
      ],
    },
    {
      ...base,
      displayName: 'process',
      testMatch: ['<rootDir>/test/**/*.process.test.ts', '<rootDir>/test/archive/faults/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...apart],
    },
  ],
};
