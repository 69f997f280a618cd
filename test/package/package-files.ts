/** All that may be in the package. */
const expected = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^bin\/ses-events\.js$/,
  /^dist\/(consumer|modules)\/[\w/-]+\.(js|d\.ts)$/,
  /^dist\/consumer\/queries\/questions\/[a-z-]+\.sql$/,
  /^examples\/sample-archive\//,
];

/** What must be in it. */
const required = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'bin/ses-events.js',
  'dist/consumer/index.js',
  'dist/consumer/index.d.ts',
  'dist/consumer/events/index.js',
  'dist/consumer/events/index.d.ts',
  'dist/consumer/cli/ses-events.js',
  'dist/consumer/queries/questions/health.sql',
  'dist/modules/index.js',
  'dist/modules/index.d.ts',
];

/** What is wrong with the list of a package's files: strange, missing, or without its other half. */
function fileFaults(paths: readonly string[]): string[] {
  const has = new Set(paths);
  const missingTypes = paths.filter(
    (path) => /^dist\/.*\.js$/.test(path) && !has.has(path.replace(/\.js$/, '.d.ts')),
  );
  return [
    ...paths
      .filter((path) => !expected.some((form) => form.test(path)))
      .map((path) => `${path} does not belong`),
    ...required.filter((path) => !has.has(path)).map((path) => `${path} is missing`),
    ...missingTypes.map((path) => `${path} has no types`),
    ...(paths.some((path) => path.startsWith('examples/sample-archive/'))
      ? []
      : ['the sample archive is missing']),
  ];
}

export { fileFaults };
