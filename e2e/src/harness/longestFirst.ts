import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, longest first. Nothing tells a fresh clone so, and begun last such a file leaves one core idle. */
const LONG = ['calls', 'axe', 'callRecovery', 'pushCalls', 'callAccess', 'badInput', 'telegram', 'story'];

/** Starts the longest files first, so that two workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = LONG.indexOf(basename(moduleId, '.test.ts'));
  return at < 0 ? LONG.length : at;
}
