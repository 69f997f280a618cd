import type { Zip, ZipDeflate } from 'fflate';
import type { Output } from '../../output/output';

/** Writes the files of a zip one after the other, and holds only what the output has not accepted yet. */
class ZipStream {
  /** Loaded on first use, because most commands do not need it. The module exports match its types. */
  private readonly fflate = require('fflate') as typeof import('fflate');
  private readonly zip: Zip;
  private file: ZipDeflate | undefined;
  private chunks: Uint8Array[] = [];

  constructor(private readonly output: Output) {
    this.zip = new this.fflate.Zip((error, chunk) => {
      if (error !== null) throw error;
      this.chunks.push(chunk);
    });
  }

  /** Ends the file before, and begins the next one. */
  begin(name: string): void {
    this.endFile();
    // Level 1 takes half the time of the usual level 6, and a file is a quarter larger.
    this.file = new this.fflate.ZipDeflate(name, { level: 1 });
    // The time of a file is always the same, so that the same rows give the same bytes.
    this.file.mtime = new Date(1980, 0, 1);
    this.zip.add(this.file);
  }

  /** Adds text to the file, no faster than the output accepts it. */
  async write(text: string): Promise<void> {
    this.file?.push(Buffer.from(text));
    await this.flush();
  }

  /** Ends the zip, and writes all of it. */
  async end(): Promise<void> {
    this.endFile();
    this.zip.end();
    await this.flush();
    await this.output.flush();
  }

  private endFile(): void {
    this.file?.push(new Uint8Array(), true);
    this.file = undefined;
  }

  private async flush(): Promise<void> {
    const chunks = this.chunks;
    this.chunks = [];
    for (const chunk of chunks) await this.output.write(chunk);
  }
}

export { ZipStream };
