// The CDKTF app: a stack for each environment of cdktf.json. `npx cdktf deploy email-events-production` deploys one.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App } from 'cdktf';
import { readDeployments } from './modules/app/deployments';
import { EmailEventStack } from './modules/app/email-event-stack';
import { ConfigurationError } from './modules/settings/configuration-error';

/**
 * A value of the context in cdktf.json. The cdktf command hands the context over; run without it, as in
 * `npx tsx main.ts`, the file is read.
 * @throws {ConfigurationError} when the file is no JSON
 */
function readContext(app: App, folder: string, name: string): unknown {
  if (process.env.CDKTF_CONTEXT_JSON !== undefined) return app.node.tryGetContext(name);
  const file = join(folder, 'cdktf.json');
  try {
    const { context } = JSON.parse(readFileSync(file, 'utf8')) as { context?: Record<string, unknown> }; // checked by who asks
    return context?.[name];
  } catch (error) {
    throw new ConfigurationError('cdktf.json cannot be read', [
      { setting: file, message: (error as Error).message },
    ]);
  }
}

/** Writes the warnings that constructs have left. */
function reportWarnings(app: App): void {
  for (const { node } of app.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type === '@cdktf/warn') process.stderr.write(`warning: ${node.path}: ${data}\n`);
    }
  }
}

function main(): void {
  const app = new App();
  const context = readContext(app, __dirname, 'emailEvents');
  const stacks = readDeployments({ context, environment: process.env }).map(
    (deployment) => new EmailEventStack(app, deployment),
  );
  app.synth();
  // The cdktf command reports on its own.
  if (process.env.CDKTF_CONTEXT_JSON !== undefined) return;
  reportWarnings(app);
  for (const { node } of stacks) {
    const folder = relative('.', `${app.outdir}/stacks/${node.id}`);
    process.stderr.write(`synthesized ${node.id} into ${folder}; npx cdktf deploy ${node.id} deploys it\n`);
  }
}

// CDKTF takes a stack trace for every token that it makes. Finding the source line of each frame takes longer than all
// the rest; an error has it found when it is shown.
const mapped = process.sourceMapsEnabled;
process.setSourceMapsEnabled(false);
try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 2;
} finally {
  process.setSourceMapsEnabled(mapped);
}
