const base = require('../../jest.base.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/python/global-setup.ts',
  testMatch: ['e2e', 'local-aws'].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  testPathIgnorePatterns: ['/node_modules/'],
  // They mostly wait for Terraform, which waits for AWS.
  maxWorkers: 5,
  testTimeout: 600_000,
};
