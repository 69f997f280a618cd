const base = require('../../jest.base.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  // Terraform waits for its provider, so two files of tests take little more time than one.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/terraform/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
