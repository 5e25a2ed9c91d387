import { contract } from '@ahoy/shared/protocol/contract.ts';
import { implement } from '@orpc/server';
import type { RequestContext } from '../http/context.ts';
import { fail } from './fail.ts';

/** Who asks, as the access token says. */
export type Viewer = { userId: string; sessionId: string };

/** Returns the viewer of a bearer token, or undefined for one that is forged, expired or of an ended session. */
export type Authenticate = (accessToken: string) => Promise<Viewer | undefined>;

/** Counts against a budget; throws TOO_MANY_REQUESTS with the seconds to wait. */
export type Limiter = (key: string) => Promise<void>;

/** The contract, to be implemented feature by feature. */
export const os = implement(contract).$context<RequestContext>();

/** First step of every procedure that is not public. Bounds what one person may ask, too. */
export function createSignedIn(authenticate: Authenticate, limit: Limiter) {
  return os.middleware(async ({ context, next }) => {
    const [scheme, token] = context.authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw fail('UNAUTHORIZED');
    const viewer = await authenticate(token);
    if (!viewer) throw fail('UNAUTHORIZED');
    await limit(viewer.userId);
    return next({ context: { viewer } });
  });
}

export type SignedIn = ReturnType<typeof createSignedIn>;
