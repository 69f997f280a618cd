import { addressParts } from '../../archive/erasure/spellings/address';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';

/** Characters; no address is so long. */
const longestInput = 1_000;

/** Standard input to its end; of a terminal, the line that is typed. */
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
 * The address that is the one line of standard input, without the spaces around it.
 *
 * @param context its signal ends the waiting: the reason is thrown then
 * @throws {UsageError} when there is none or more; what is there instead is not repeated, it may be a person's
 */
async function readAddress(context: CommandContext): Promise<string> {
  const lines = (await readInput(context)).trim().split(/\r\n|\r|\n/);
  const [address = ''] = lines;
  if (address === '') throw new UsageError('standard input is empty: write the address to forget to it');
  if (lines.length > 1)
    throw new UsageError('standard input has several lines: write one address, and run the command for each');
  try {
    addressParts(address);
  } catch {
    throw new UsageError('what is on standard input is no address: write one such as ana@example.com');
  }
  return address;
}

export { readAddress };
