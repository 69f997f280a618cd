// The baseline of synthesis: an app that loads the libraries of main.ts and deploys nothing. The arguments are
// the libraries.
import { App, TerraformStack } from 'cdktf';

for (const library of process.argv.slice(2)) require(library);
const app = new App();
for (const stage of ['staging', 'production']) new TerraformStack(app, `email-events-${stage}`);
app.synth();
