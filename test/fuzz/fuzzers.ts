import { compressed } from './compressed/compressed';
import type { Fuzzer } from './fuzzer';
import { lines } from './lines/lines';
import { plain } from './plain/plain';

/** All fuzzers, in the order in which they run. */
const fuzzers: readonly Fuzzer<unknown>[] = [plain, compressed, lines];

export { fuzzers };
