import fc from 'fast-check';

/** How many times the usual number of runs a property gets: `PROPERTY_RUNS=1 npm test`. The inner loop has a tenth. */
const share = Number(process.env.PROPERTY_RUNS ?? 0.1);

if (!(share > 0)) throw new Error(`PROPERTY_RUNS=${process.env.PROPERTY_RUNS} is not a number above 0`);

/** How often a property is run, of so many times in continuous integration. */
function runs(usual: number): number {
  return Math.max(10, Math.ceil(usual * share));
}

fc.configureGlobal({ numRuns: runs(100) });

export { runs };
