import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FuzzOptions, fuzz } from './fuzz';
import { fuzzers } from './fuzzers';

// npm run test:fuzz -- [--seed N] [--seconds S] [--only NAME] [--case PATH] [--failures N] [--folder DIR]
//
// Runs the regression cases, then random cases: each fuzzer for its share of the seconds, or until N cases have failed.
// Failed cases are shrunk and written to the folder. To add one as a regression case, move its file to
// test/fixtures/fuzz/<fuzzer>/. The seed determines the cases, and the time their number.

/** An error in the options. */
class OptionError extends Error {}

function numberOf(name: string, text: string, min: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < min || number >= 2 ** 31)
    throw new OptionError(`--${name} must be an integer from ${min} to ${2 ** 31 - 1}, but it is ${text}`);
  return number;
}

function parsedArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        seed: { ...text, default: String(Math.floor(Math.random() * 2 ** 31)) },
        seconds: { ...text, default: '60' },
        only: { ...text, multiple: true },
        case: text,
        failures: { ...text, default: '1' },
        folder: text,
      },
    }).values;
  } catch (error) {
    throw new OptionError((error as Error).message); // parseArgs throws instances of Error
  }
}

function readOptions(): FuzzOptions {
  const { seed, seconds, only, case: path, failures, folder } = parsedArguments();
  const names = fuzzers.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(`--only must be one of ${names.join(', ')}, but it is ${unknown}`);
  if (path !== undefined && only?.length !== 1)
    throw new OptionError('--case requires --only NAME with one fuzzer');
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path))
    throw new OptionError(`--case must be a case number such as 17 or 17:0:3, but it is ${path}`);
  return {
    seed: numberOf('seed', seed, 0),
    milliseconds: numberOf('seconds', seconds, 0) * 1000,
    fuzzers: fuzzers.filter(({ name }) => only?.includes(name) ?? true),
    path,
    failures: numberOf('failures', failures, 1),
    folder: folder ?? mkdtempSync(join(tmpdir(), 'ses-events-fuzz-')),
  };
}

async function main(): Promise<number> {
  return await fuzz(readOptions(), (line) => process.stdout.write(`${line}\n`));
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 2;
  },
);
