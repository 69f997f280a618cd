import { writeFileSync } from 'node:fs';

// Loaded before a contender: notes at its end the peak of its resident memory, in MiB, in the file that
// PEAK_MEMORY_FILE names.
const { PEAK_MEMORY_FILE: file } = process.env;
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
