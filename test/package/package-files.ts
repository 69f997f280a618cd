/** Files that a browser loads from the local pages. */
const asset = /^dist\/consumer\/report\/server\/assets\/page\.(css|js)$/;

/** Patterns of the allowed files in the package. */
const expected = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^bin\/ses-events\.js$/,
  /^(consumer|modules)\/(?!app\/)[\w/-]+(\.generated)?\.tsx?$/,
  /^dist\/(consumer|modules)\/[\w/-]+(\.generated)?\.(js|d\.ts|d\.ts\.map)$/,
  /^dist\/consumer\/queries\/questions\/[a-z-]+\.sql$/,
  /^dist\/consumer\/report\/document\/style\.css$/,
  asset,
  /^examples\/sample-archive\//,
];

/** Required files in the package. */
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
  'dist/consumer/report/document/style.css',
  'dist/consumer/report/server/assets/page.css',
  'dist/consumer/report/server/assets/page.js',
  'dist/modules/index.js',
  'dist/modules/index.d.ts',
];

/** Returns problems of a list of package files: unexpected or missing files, and modules without types, map or source. */
function fileFaults(paths: readonly string[]): string[] {
  const has = new Set(paths);
  const modules = paths
    .filter((path) => !asset.test(path))
    .flatMap((path) => /^dist\/(.*)\.js$/.exec(path)?.[1] ?? []);
  const modulesWithout = (...forms: ((name: string) => string)[]) =>
    modules.filter((name) => !forms.some((form) => has.has(form(name))));
  return [
    ...paths
      .filter((path) => !expected.some((form) => form.test(path)))
      .map((path) => `${path} is unexpected`),
    ...required.filter((path) => !has.has(path)).map((path) => `${path} is missing`),
    ...modulesWithout((name) => `dist/${name}.d.ts`).map((name) => `dist/${name}.js has no types`),
    ...modulesWithout((name) => `dist/${name}.d.ts.map`).map(
      (name) => `dist/${name}.js has no declaration map`,
    ),
    ...modulesWithout(
      (name) => `${name}.ts`,
      (name) => `${name}.tsx`,
    ).map((name) => `dist/${name}.js has no source`),
    ...(paths.some((path) => path.startsWith('examples/sample-archive/'))
      ? []
      : ['the sample archive is missing']),
  ];
}

export { fileFaults };
