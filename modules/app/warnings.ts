import type { App } from 'cdktf';

/** Writes the warnings that constructs have left. */
function reportWarnings(app: App): void {
  for (const { node } of app.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type === '@cdktf/warn') process.stderr.write(`warning: ${node.path}: ${data}\n`);
    }
  }
}

export { reportWarnings };
