/** Whether to test many faults with large archives, as in `npm run test:faults`. */
const isFull = process.env.ARCHIVE_FAULTS === 'full';

/** A number for `npm test`, and another for `npm run test:faults`. */
function scaled(short: number, full: number): number {
  return isFull ? full : short;
}

/** Random seeds: one for `npm test`, several for `npm run test:faults`. */
const seeds = Array.from({ length: scaled(1, 3) }, (_, index) => index + 1);

export { isFull, scaled, seeds };
