import { contract } from '@ahoy/shared/protocol/contract.ts';
import { implement } from '@orpc/server';
import type { RequestContext } from '../http/context.ts';
import { fail } from './fail.ts';

/** Who asks, as the access token says. */
export type Viewer = {
  userId: string;
  sessionId: string;
  /** Chat of the room that this is a guest of: nothing else may be reached. */
  guestOf?: string;
};

/** Returns the viewer of a bearer token, or undefined for one that is forged, expired or of an ended session. */
export type Authenticate = (accessToken: string) => Promise<Viewer | undefined>;

/** Counts against a budget; throws TOO_MANY_REQUESTS with the seconds to wait. */
export type Limiter = (key: string) => Promise<void>;

/** The contract, to be implemented feature by feature. */
export const os = implement(contract).$context<RequestContext>();

/**
 * First steps of every procedure that is not public: `signedIn` for those of the contract's `signedIn`, which refuses
 * guests, and `signedInOrGuest`. They bound what one person may ask, too.
 */
export function createSignedIn(authenticate: Authenticate, limit: Limiter) {
  async function identify({ authorization }: RequestContext): Promise<Viewer> {
    const [scheme, token] = authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw fail('UNAUTHORIZED');
    const viewer = await authenticate(token);
    if (!viewer) throw fail('UNAUTHORIZED');
    await limit(viewer.userId);
    return viewer;
  }
  return {
    signedIn: os.middleware(async ({ context, next }) => {
      const viewer = await identify(context);
      if (viewer.guestOf) throw fail('FORBIDDEN');
      return next({ context: { viewer } });
    }),
    signedInOrGuest: os.middleware(async ({ context, next }) =>
      next({ context: { viewer: await identify(context) } }),
    ),
  };
}

export type SignedIn = ReturnType<typeof createSignedIn>['signedIn'];
