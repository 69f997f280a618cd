const base = require('../../jest.base.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts?(x)'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
