#!/usr/bin/env node
'use strict';

/** Returns one line for a package that is missing or too old; nothing for any other error. */
function packageProblem({ name, code, message }) {
  if (name === 'PackageError') return message;
  const [, missing] =
    code === 'MODULE_NOT_FOUND' ? (/^Cannot find module '([^']+)'/.exec(message) ?? []) : [];
  if (missing === undefined) return undefined;
  if (missing.startsWith('.')) return 'the package is not built: run npm run build';
  return `the package ${missing} is not installed: run npm install ${missing}`;
}

try {
  require('../dist/consumer/cli/ses-events.js');
} catch (error) {
  const problem = packageProblem(error);
  if (problem === undefined) throw error;
  process.stderr.write(`error: ${problem}\n`);
  process.exitCode = 1;
}
