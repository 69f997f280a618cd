// The CDKTF app: a stack for each environment of cdktf.json. `npx cdktf deploy email-events-production`
// deploys one.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App } from 'cdktf';
import { readDeployments } from './modules/app/deployments';
import { EmailEventStack } from './modules/app/email-event-stack';
import { ConfigurationError } from './modules/settings/configuration-error';

/**
 * Returns a value of the context in cdktf.json. The cdktf command passes the context. Without that command,
 * as in `npx tsx main.ts`, the function reads the file.
 * @throws {ConfigurationError} when the file is not valid JSON
 */
function readContext(app: App, folder: string, name: string): unknown {
  if (process.env.CDKTF_CONTEXT_JSON !== undefined) return app.node.tryGetContext(name);
  const file = join(folder, 'cdktf.json');
  try {
    const { context } = JSON.parse(readFileSync(file, 'utf8')) as { context?: Record<string, unknown> }; // the caller checks the value
    return context?.[name];
  } catch (error) {
    throw new ConfigurationError('cdktf.json cannot be read', [
      { setting: file, message: (error as Error).message },
    ]);
  }
}

/** Writes the warnings of constructs. */
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
  // The cdktf command reports them itself.
  if (process.env.CDKTF_CONTEXT_JSON !== undefined) return;
  reportWarnings(app);
  for (const { node } of stacks) {
    const folder = relative('.', `${app.outdir}/stacks/${node.id}`);
    process.stderr.write(
      `synthesized ${node.id} into ${folder}; to deploy it, run npx cdktf deploy ${node.id}\n`,
    );
  }
}

// CDKTF takes a stack trace for every token. Mapping each frame to its source line takes longer than
// everything else, so it is off during synthesis. Errors are mapped when they are shown.
const areMapsEnabled = process.sourceMapsEnabled;
process.setSourceMapsEnabled(false);
try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 2;
} finally {
  process.setSourceMapsEnabled(areMapsEnabled);
}
