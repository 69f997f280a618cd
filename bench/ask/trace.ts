import { readArchive } from '../../consumer/archive/database/read-archive';
import { traceArchive } from '../../consumer/queries/trace/trace-archive';

/** Traces a message in an archive; prints the seconds from opening it to the last step, and how many steps. */
async function main([archive = '', messageId = '']: readonly string[]): Promise<void> {
  const started = process.hrtime.bigint();
  const steps = await readArchive(archive, {}, (database) => traceArchive(database, { messageId }));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (steps.length === 0) throw new Error(`the message ${messageId} is not in the archive`);
  process.stdout.write(JSON.stringify({ seconds, steps: steps.length }));
}

void main(process.argv.slice(2));
