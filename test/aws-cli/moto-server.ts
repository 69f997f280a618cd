import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A moto server, which answers for AWS on loopback. */
interface MotoServer {
  url: string;
  process: ChildProcess;
}

/**
 * Starts a moto server on a port that is free; whoever starts it kills its process.
 * @param executables the folder of moto_server
 * @param onStart is told of the process before it answers
 * @throws {Error} with what it printed, when it ends before it answers
 */
function startMotoServer(
  executables: string,
  onStart: (child: ChildProcess) => void = () => {},
): Promise<MotoServer> {
  const child = spawn(join(executables, 'moto_server'), ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onStart(child);
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)?.[1];
      if (url !== undefined) resolve({ url, process: child });
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`moto_server ended by itself: ${printed}`)));
  });
}

export { type MotoServer, startMotoServer };
