import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdktf';
import { ConfigurationError } from '../settings/configuration-error';

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

export { readContext };
