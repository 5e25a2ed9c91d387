import { createId } from '@ahoy/shared/domain/ids.ts';
import { openCopyChannel } from './copyChannel.ts';
import { deleteCopyDatabase, openCopyDatabase } from './database.ts';
import { createDeviceCopy, type DeviceCopy } from './deviceCopy.ts';

/** The copy of this browser's pages. */
export function openDeviceCopy(): DeviceCopy {
  return createDeviceCopy({
    openDatabase: openCopyDatabase,
    deleteDatabase: deleteCopyDatabase,
    openChannel: openCopyChannel,
    storage: localStorage,
    now: Date.now,
    createGeneration: createId,
  });
}
