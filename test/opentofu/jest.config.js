const base = require('../../jest.base.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/opentofu/global-setup.ts',
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/opentofu/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
