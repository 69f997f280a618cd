import { InvalidArgumentError } from 'commander';

/** The value of an option that counts something. */
function parseCount(text: string): number {
  const count = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(count) || count < 0)
    throw new InvalidArgumentError('write a whole number, 0 or more');
  return count;
}

export { parseCount };
