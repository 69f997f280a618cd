import { join, relative } from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../package-root';
import { summarize } from '../summarize';
import { summaryTables } from '../summary-table';

async function demo(): Promise<void> {
  const archive = relative('.', join(packageRoot(), 'examples', 'sample-archive'));
  process.stdout.write(
    `Reading the bundled sample archive, ${archive}: objects as Firehose delivers them.\n\n`,
  );
  const { summary, counts, closing } = await summarize([archive], { filter: {}, s3: {}, progress: false });
  process.stdout.write(summaryTables(summary, counts));
  process.stderr.write(`${closing}\n`);
  process.stdout.write(
    '\nThe broken records are there on purpose. Next:\n' +
      `  ses-events read ${archive} --kind Bounce    the events themselves, as NDJSON in a pipe\n` +
      '  ses-events read s3://my-bucket/events/      your own\n',
  );
}

/** `ses-events demo`: what the package does, on the sample archive that comes with it. */
function demoCommand(): Command {
  return new Command('demo')
    .summary('read the sample archive that comes with the package')
    .description(
      'Reads the sample archive that comes with the package and shows what is in it. Needs no AWS account.',
    )
    .addHelpText('after', '\nExample:\n  $ ses-events demo\n')
    .action(demo);
}

export { demoCommand };
