// node .ci/complete-lock.mjs: adds to package-lock.json the optional packages for other platforms that the
// registry at hand does not carry. Without them `npm ci` refuses the lock file. Only needed after dependencies
// were changed against a registry that is a partial copy; with a full one it changes nothing.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const platform = /(android|darwin|freebsd|linux|win32|openharmony)-([a-z0-9_]+)(?:-([a-z0-9]+))?$/;
const added = [];

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue;
    const [, os, cpu, libc] = platform.exec(name) ?? [];
    if (os === undefined || !/^\d/.test(version))
      throw new Error(`cannot tell the platform or version of ${name}@${version}`);
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(entry.dev && { dev: true }),
      ...(libc?.startsWith('musl') && { libc: ['musl'] }),
      optional: true,
      os: [os],
    };
    added.push(`${name}@${version}`);
  }
}

const { '': root, ...others } = lock.packages;
const sorted = Object.entries(others).sort(([one], [other]) => one.localeCompare(other, 'en'));
lock.packages = { '': root, ...Object.fromEntries(sorted) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} added: ${added.join(' ')}`);
