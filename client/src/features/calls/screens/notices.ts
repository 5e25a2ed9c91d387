import type { TFunction } from 'i18next';
import type { CallSnapshot, RemoteSnapshot } from '../../../rtc/callSnapshot.ts';
import type { LocalMediaState } from '../../../rtc/media/localMedia.ts';

export type NoticeKind =
  | 'reconnecting'
  | 'serverLost'
  | 'microphoneProblem'
  | 'cameraProblem'
  | 'screenProblem'
  | 'interrupted'
  | 'weak'
  | 'held'
  | 'background'
  | 'microphoneOff'
  | 'cameraHeld';

/** One line over the call. Those about someone else carry whom they are about. */
export type Notice = { id: string; kind: NoticeKind; text: string };

/** More would hide whom one talks with. */
const MOST = 2;
/** From here down the link is worth a word. */
const WEAK_BARS = 1;

/** What hinders the call now, the worst first. */
export function noticesOf(
  t: TFunction,
  call: CallSnapshot,
  media: LocalMediaState,
  nameOf: (userId: string) => string,
): Notice[] {
  const own = ownNotices(t, call, media, nameOf);
  // In a room every picture says itself what hinders it.
  if (call.phase !== 'active' || call.kind === 'room') return own.slice(0, MOST);
  const others = call.remotes.flatMap((remote) => remoteNotices(t, remote, nameOf(remote.userId)));
  const isUrgent = ({ kind }: Notice) => kind === 'reconnecting';
  return [...others.filter(isUrgent), ...own, ...others.filter((each) => !isUrgent(each))].slice(0, MOST);
}

function ownNotices(
  t: TFunction,
  call: CallSnapshot,
  media: LocalMediaState,
  nameOf: (userId: string) => string,
): Notice[] {
  const { mutedBy } = call;
  const isWeak = call.remotes.some(
    ({ quality, connection }) =>
      connection === 'connected' &&
      quality !== null &&
      quality.bars <= WEAK_BARS &&
      (quality.sufferer === 'me' || quality.sufferer === 'both'),
  );
  return [
    ...one('microphoneProblem', media.problems.microphone !== null, t('calls.noMicrophone')),
    ...one(
      'microphoneOff',
      mutedBy !== null,
      mutedBy === null ? '' : t('roomCall.mutedBy', { name: nameOf(mutedBy) }),
    ),
    ...one('interrupted', media.isInterrupted, t('calls.interrupted')),
    ...one('serverLost', call.isSignalingLost, t('calls.serverLost')),
    ...one('held', call.isPictureHeld, t('calls.cameraHeld')),
    ...one('weak', isWeak && !call.isPictureHeld, t('calls.weakHere')),
    ...one('cameraProblem', media.problems.camera !== null, t('calls.noCamera')),
    ...one('screenProblem', media.problems.screen !== null, t('calls.noScreen')),
  ];
}

function remoteNotices(t: TFunction, remote: RemoteSnapshot, name: string): Notice[] {
  const { media, quality, participantId } = remote;
  if (remote.connection === 'reconnecting') {
    return one('reconnecting', true, t('calls.reconnecting'), participantId);
  }
  const isWeak = quality !== null && quality.bars <= WEAK_BARS && quality.sufferer === 'them';
  const isHeld = media?.isPictureHeld === true;
  return [
    ...one('background', media?.isInBackground === true, t('calls.inBackground', { name }), participantId),
    ...one('cameraHeld', isHeld, t('calls.theirCameraHeld', { name }), participantId),
    ...one('weak', isWeak && !isHeld, t('calls.weakThere', { name }), participantId),
    ...one(
      'microphoneOff',
      media !== null && !media.isMicrophoneOn,
      t('calls.theirMicrophoneOff', { name }),
      participantId,
    ),
  ];
}

function one(kind: NoticeKind, isSo: boolean, text: string, whose = 'me'): Notice[] {
  return isSo ? [{ id: `${kind} ${whose}`, kind, text }] : [];
}
