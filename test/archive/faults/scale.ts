/** Whether the faults are many and the archives large, as in `npm run test:faults`. */
const isFull = process.env.ARCHIVE_FAULTS === 'full';

/** A number for `npm test`, and another for `npm run test:faults`. */
function scaled(short: number, full: number): number {
  return isFull ? full : short;
}

/** Seeds of what happens at random: one for `npm test`, several for `npm run test:faults`. */
const seeds = Array.from({ length: scaled(1, 3) }, (_, index) => index + 1);

export { isFull, scaled, seeds };
