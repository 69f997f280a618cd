import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FuzzOptions, fuzz } from './fuzz';
import { fuzzers } from './fuzzers';

// npm run test:fuzz -- [--seed N] [--seconds S] [--only NAME] [--case PATH] [--failures N] [--folder DIR]
//
// Runs the kept cases, then random ones: each fuzzer for its share of the seconds, or until N of its cases have failed.
// A case that failed is shrunk and written to the folder; move it to test/fixtures/fuzz/<fuzzer>/ to keep it. The same
// seed gives the same cases, however many of them the time is enough for.

/** A mistake in the options. */
class OptionError extends Error {}

function numberOf(name: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < least || number >= 2 ** 31)
    throw new OptionError(`--${name} is ${text}, expected an integer from ${least} to ${2 ** 31 - 1}`);
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
    throw new OptionError((error as Error).message); // parseArgs throws such
  }
}

function readOptions(): FuzzOptions {
  const { seed, seconds, only, case: path, failures, folder } = parsedArguments();
  const names = fuzzers.map(({ name }) => name);
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(`--only is ${unknown}, expected one of ${names.join(', ')}`);
  if (path !== undefined && only?.length !== 1)
    throw new OptionError('--case needs the name of its fuzzer: add --only NAME');
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path))
    throw new OptionError(`--case is ${path}, expected numbers such as 17 or 17:0:3`);
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
