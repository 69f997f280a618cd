import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A moto server, which simulates AWS on loopback. */
interface MotoServer {
  url: string;
  process: ChildProcess;
}

/**
 * Starts a moto server on a free port. The caller ends the process.
 * @param executables folder that contains moto_server
 * @param onStart called with the process before the server is ready
 * @throws {Error} with its output, when the process ends before the server is ready
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
    child.on('close', () => reject(new Error(`moto_server ended unexpectedly: ${printed}`)));
  });
}

export { type MotoServer, startMotoServer };
