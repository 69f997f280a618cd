/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Suites that need Terraform, Python or Java have a configuration of their own.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/terraform/',
    '<rootDir>/test/queue/',
    '<rootDir>/test/trino/',
    '<rootDir>/test/e2e/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFilesAfterEnv: ['<rootDir>/test/modules/setup.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }] },
  // Many suites wait for processes of their own: one worker fewer than processors leaves them idle.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
