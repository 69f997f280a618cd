import { readArchive } from '../../consumer/archive/file/read-archive';

/** Reads all columns of all events of an open archive, with one thread. Prints the seconds. */
async function main([archive = '']: readonly string[]): Promise<void> {
  await readArchive(archive, {}, async (database) => {
    await database.run('SET threads = 1');
    const started = process.hrtime.bigint();
    // A hash of every column, because DuckDB does not read unused columns.
    await database.rows('SELECT max(hash(COLUMNS(*))) FROM ses_events.events');
    process.stdout.write(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9 }));
  });
}

void main(process.argv.slice(2));
