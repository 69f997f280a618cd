import { writeFileSync } from 'node:fs';

// Loaded before a candidate. When the process exits, writes its peak resident memory, in MiB, to the file
// PEAK_MEMORY_FILE.
const { PEAK_MEMORY_FILE: file } = process.env;
process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS / 1024));
});
