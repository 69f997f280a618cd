import { addressParts } from '../../archive/erasure/spellings/address';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

/** Maximum length of the input in characters; every valid address is shorter. */
const longestInput = 1_000;

/** Reads standard input to its end, or one line from a terminal. */
async function readInput({ stdin, signal }: CommandContext): Promise<string> {
  const input = stdin.setEncoding('utf8');
  const stop = () => void input.destroy(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    let text = '';
    for await (const chunk of input) {
      text += chunk;
      if (text.length > longestInput || (input.isTTY && text.includes('\n'))) break;
    }
    return text;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Checks an address.
 * @param shown the input in the message
 * @throws {UsageError} when it is not valid
 */
function checkAddress(address: string, shown: string): void {
  try {
    addressParts(address);
  } catch {
    throw new UsageError(`${shown} is not a valid email address (example: ana@example.com)`);
  }
}

/**
 * Reads the address from standard input: one line, without surrounding spaces.
 *
 * @param context aborting its signal ends the wait and throws the reason
 * @throws {UsageError} when there is not exactly one line; the message omits the input, which may be personal
 * data
 */
async function readAddress(context: CommandContext): Promise<string> {
  const lines = (await readInput(context)).trim().split(/\r\n|\r|\n/);
  const [address = ''] = lines;
  if (address === '') throw new UsageError('standard input is empty: it must contain the address to forget');
  if (lines.length > 1)
    throw new UsageError('standard input has several lines: run the command once for each address');
  checkAddress(address, 'standard input');
  return address;
}

export { checkAddress, readAddress };
