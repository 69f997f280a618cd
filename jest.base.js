const target = 'es2023';
const react = { runtime: 'automatic', importSource: 'hono/jsx' };

/**
 * What every jest configuration of this repository begins with.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target, parser: { syntax: 'typescript' } } }],
    '\\.tsx$': [
      '@swc/jest',
      { jsc: { target, parser: { syntax: 'typescript', tsx: true }, transform: { react } } },
    ],
    // The packages of d3 are ES modules, which jest cannot require.
    '/node_modules/(?:d3-[\\w-]+|internmap)/.*\\.m?js$': [
      '@swc/jest',
      { jsc: { target, parser: { syntax: 'ecmascript' } } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(d3-[\\w-]+|internmap)/)'],
  testTimeout: 120_000,
};
