import { readArchive } from '../../consumer/archive/file/read-archive';
import { traceArchive } from '../../consumer/queries/trace/trace-archive';

/** Traces a message in an open archive. Prints the seconds until the last step. */
async function main([archive = '', messageId = '']: readonly string[]): Promise<void> {
  await readArchive(archive, {}, async (database) => {
    const started = process.hrtime.bigint();
    const steps = await traceArchive(database, { messageId });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (steps.count === 0) throw new Error(`the message ${messageId} is not in the archive`);
    process.stdout.write(JSON.stringify({ seconds }));
  });
}

void main(process.argv.slice(2));
