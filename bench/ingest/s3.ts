import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { S3Server } from '../../test/s3-server/s3-server';
import { files } from '../read/candidate';

/** Serves the files of a directory as the bucket `bench` and prints the endpoint. Runs until it is killed. */
async function main([folder = '']: readonly string[]): Promise<void> {
  const server = await S3Server.start();
  for (const path of files(folder))
    server.put('bench', `events/${relative(folder, path)}`, readFileSync(path));
  process.stdout.write(`${server.endpoint}\n`);
}

void main(process.argv.slice(2));
