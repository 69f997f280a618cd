// The CDKTF app: a stack for each environment of cdktf.json. `npx cdktf deploy email-events-production` deploys one.
import { relative } from 'node:path';
import { App } from 'cdktf';
import { readContext } from './modules/app/context';
import { readDeployments } from './modules/app/deployments';
import { EmailEventStack } from './modules/app/email-event-stack';
import { reportWarnings } from './modules/app/warnings';
import { ConfigurationError } from './modules/settings/configuration-error';

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
