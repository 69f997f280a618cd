const base = require('../../jest.base.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/python/global-setup.ts',
  testMatch: ['<rootDir>/test/queue/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // They mostly wait for messages.
  maxWorkers: 3,
  testTimeout: 120_000,
};
