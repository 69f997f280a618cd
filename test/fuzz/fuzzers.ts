import { compressed } from './compressed/compressed';
import { forget } from './forget/forget';
import type { Fuzzer } from './fuzzer';
import { ingested } from './ingest/ingested';
import { kills } from './kills/kills';
import { lines } from './lines/lines';
import { plain } from './plain/plain';

/** All fuzzers, in the order in which they run. */
const fuzzers: readonly Fuzzer<unknown>[] = [plain, compressed, lines, ingested, forget, kills];

export { fuzzers };
