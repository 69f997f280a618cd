const base = require('../../../jest.base.js');

// Workers inherit it; scale.ts reads it.
process.env.ARCHIVE_FAULTS = 'full';

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: '../../..',
  testMatch: ['<rootDir>/test/archive/faults/**/*.test.ts'],
  // Many tests wait for processes of their own.
  maxWorkers: '100%',
  testTimeout: 300_000,
};
