import fc from 'fast-check';

/** Share of the usual runs of each property: `PROPERTY_RUNS=1 npm test`. The default is a tenth. */
const share = Number(process.env.PROPERTY_RUNS ?? 0.1);

if (!(share > 0))
  throw new Error(`PROPERTY_RUNS must be a number above 0, but it is ${process.env.PROPERTY_RUNS}`);

/** Returns the number of runs of a property, from the number of runs in CI. The minimum is 10. */
function runs(usual: number): number {
  return Math.max(10, Math.ceil(usual * share));
}

fc.configureGlobal({ numRuns: runs(100) });

export { runs };
