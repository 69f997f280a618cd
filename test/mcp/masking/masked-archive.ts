import { openForReading } from '../../../consumer/archive/file/read-archive';
import type { Database } from '../../../consumer/archive/store/database';
import { prepareMasked } from '../../../consumer/mcp/masking/masked-views';
import { type ArchiveEngine, archiveEngine } from '../../../consumer/queries/engines/duckdb-engine';
import type { AskedArchive } from '../../queries/asked-archive';

/** An archive that is open with masked views, for the tests of one file. */
class MaskedArchive {
  database!: Database; // opened before the tests
  engine!: ArchiveEngine;

  constructor(archive: AskedArchive) {
    let close = () => {};
    beforeAll(async () => {
      ({ database: this.database, close } = await openForReading(archive.path, { wait: 0 }));
      this.engine = await archiveEngine(this.database, { prepareViews: prepareMasked });
    });
    afterAll(() => close());
  }
}

export { MaskedArchive };
