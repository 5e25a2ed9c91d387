import { os } from '../procedures.ts';
import { createChallengeHashes } from './challengeHashes.ts';
import { resendChallenge } from './challenges.ts';
import { changePassword } from './changePassword.ts';
import { confirm } from './confirm.ts';
import { endOtherSessions, endSession, listDevices } from './devices.ts';
import { forgotPassword } from './forgotPassword.ts';
import { handOff, lookAtHandOff, takeHandOff } from './handOff.ts';
import type { Identity, IdentityParts } from './parts.ts';
import { createPasswords } from './passwords.ts';
import { prove } from './prove.ts';
import { readMe } from './readMe.ts';
import { refresh } from './refresh.ts';
import { createRefreshTokens } from './refreshTokens.ts';
import { register } from './register.ts';
import { removePhoto } from './removePhoto.ts';
import { resetPassword } from './resetPassword.ts';
import { endOwnSession } from './sessions.ts';
import { setPhoto } from './setPhoto.ts';
import { signIn } from './signIn.ts';
import { updateMe } from './updateMe.ts';

/** Implements `contract.identity`. */
export function createIdentityRouter({ deriveKey, signedIn, signedInOrGuest, ...parts }: IdentityParts) {
  const identity: Identity = {
    ...parts,
    passwords: createPasswords(),
    refreshTokens: createRefreshTokens(deriveKey('refresh')),
    hashes: createChallengeHashes(deriveKey('challenge')),
  };
  const { limits, dataSource } = identity;

  return {
    register: os.identity.register.handler(({ input, context }) => register(identity, input, context)),
    confirm: os.identity.confirm.handler(({ input, context }) => confirm(identity, input, context)),
    resend: os.identity.resend.handler(async ({ input, context }) => {
      await limits.resendByAddress(context.address);
      await limits.resendByChallenge(input.challengeId);
      return resendChallenge(identity, input);
    }),
    signIn: os.identity.signIn.handler(({ input, context }) => signIn(identity, input, context)),
    refresh: os.identity.refresh.handler(({ context }) => refresh(identity, context)),
    signOut: os.identity.signOut.handler(async ({ context }) => {
      await endOwnSession(identity, context);
      context.forgetSessionToken();
      return {};
    }),
    forgotPassword: os.identity.forgotPassword.handler(({ input, context }) =>
      forgotPassword(identity, input, context),
    ),
    resetPassword: os.identity.resetPassword.handler(({ input, context }) =>
      resetPassword(identity, input, context),
    ),
    changePassword: os.identity.changePassword
      .use(signedIn)
      .handler(async ({ input, context: { viewer } }) => {
        await changePassword(identity, viewer, input);
        return {};
      }),
    prove: os.identity.prove.use(signedIn).handler(async ({ input, context }) => {
      await prove(identity, context.viewer, input, context);
      return {};
    }),
    handOff: os.identity.handOff
      .use(signedIn)
      .handler(({ context: { viewer } }) => handOff(identity, viewer)),
    lookAtHandOff: os.identity.lookAtHandOff.handler(({ input, context }) =>
      lookAtHandOff(identity, input.token, context),
    ),
    takeHandOff: os.identity.takeHandOff.handler(({ input, context }) =>
      takeHandOff(identity, input.token, context),
    ),
    me: os.identity.me
      .use(signedInOrGuest)
      .handler(({ context: { viewer } }) => readMe(dataSource.manager, viewer.userId)),
    updateMe: os.identity.updateMe
      .use(signedIn)
      .handler(({ input, context: { viewer } }) => updateMe(identity, viewer.userId, input)),
    setPhoto: os.identity.setPhoto
      .use(signedIn)
      .handler(({ input, context: { viewer } }) => setPhoto(identity, viewer.userId, input.jpeg)),
    removePhoto: os.identity.removePhoto
      .use(signedIn)
      .handler(({ context: { viewer } }) => removePhoto(identity, viewer.userId)),
    sessions: os.identity.sessions.use(signedIn).handler(async ({ context: { viewer } }) => ({
      devices: await listDevices(identity, viewer),
    })),
    endSession: os.identity.endSession.use(signedIn).handler(async ({ input, context: { viewer } }) => {
      await endSession(identity, viewer, input.sessionId);
      return {};
    }),
    endOtherSessions: os.identity.endOtherSessions.use(signedIn).handler(async ({ context: { viewer } }) => {
      await endOtherSessions(identity, viewer);
      return {};
    }),
  };
}
