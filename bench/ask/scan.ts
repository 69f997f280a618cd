import { readArchive } from '../../consumer/archive/file/read-archive';

/** Reads all columns of all events of an archive that is open with one thread; prints the seconds that takes. */
async function main([archive = '']: readonly string[]): Promise<void> {
  await readArchive(archive, {}, async (database) => {
    await database.run('SET threads = 1');
    const started = process.hrtime.bigint();
    // A hash of every column: what is not looked at is not read.
    await database.rows('SELECT max(hash(COLUMNS(*))) FROM ses_events.events');
    process.stdout.write(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9 }));
  });
}

void main(process.argv.slice(2));
