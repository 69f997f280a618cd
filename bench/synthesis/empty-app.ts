// An app that loads what main.ts loads and deploys nothing: the floor of synthesis. The libraries stand on the
// command line.
import { App, TerraformStack } from 'cdktf';

for (const library of process.argv.slice(2)) require(library);
const app = new App();
for (const stage of ['staging', 'production']) new TerraformStack(app, `email-events-${stage}`);
app.synth();
