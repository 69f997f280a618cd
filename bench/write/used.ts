import { writeFileSync } from 'node:fs';

// Loaded before a candidate. When the process exits, writes its processor seconds and its peak resident memory, in MiB,
// to the file USED_FILE.
const { USED_FILE: file } = process.env;
process.on('exit', () => {
  if (file === undefined) return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = {
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMebibytes: Math.round(maxRSS / 1024),
  };
  writeFileSync(file, JSON.stringify(used));
});
