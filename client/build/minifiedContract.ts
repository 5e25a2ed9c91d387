import { contract } from '@ahoy/shared/protocol/contract.ts';
import { minifyContractRouter } from '@orpc/contract';
import type { Plugin } from 'vite';

const NAME = 'virtual:contract';
const RESOLVED = `\0${NAME}`;

/** Offers the contract without its schemas as `virtual:contract`, so that zod stays out of the bundle. */
export function minifiedContract(): Plugin {
  return {
    name: 'ahoy-minified-contract',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) =>
      id === RESOLVED
        ? `export const contract = ${JSON.stringify(minifyContractRouter(contract))};`
        : undefined,
  };
}
