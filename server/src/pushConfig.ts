import { z } from 'zod';
import { authorityFile, hostPatterns } from './guardedConfig.ts';

export interface PushConfig {
  /** Whom push services may write to; absent: nothing is pushed. */
  vapidSubject?: string;
  /** Push services that devices may name: `host`, `*.host`, `host:port`. */
  pushHosts: string[];
  /** For tests: services on loopback, with certificates of this authority (PEM). */
  pushTestAuthority?: string;
}

/** Of Chrome and Edge on Android and elsewhere, Firefox, Safari, and Edge on Windows. */
const KNOWN_HOSTS = 'fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com';

export const pushEnvironment = {
  VAPID_SUBJECT: z
    .string()
    .refine(isSubject, 'must be mailto: with a real address, or an https: address that is not localhost')
    .optional(),
  PUSH_HOSTS: hostPatterns(KNOWN_HOSTS),
  PUSH_TEST_CA_FILE: authorityFile,
};

type Values = {
  VAPID_SUBJECT?: string;
  PUSH_HOSTS: string[];
  PUSH_TEST_CA_FILE?: string;
  PUBLIC_URL?: string;
  MAIL_FROM: string;
};

/** Without VAPID_SUBJECT the public address serves, or the sender of letters, where one of them is real. */
export function readPushConfig(values: Values): PushConfig {
  const [address = ''] = /[^\s<]+@[^\s>]+/.exec(values.MAIL_FROM) ?? [];
  const candidates = [values.VAPID_SUBJECT, values.PUBLIC_URL, `mailto:${address}`];
  return {
    vapidSubject: candidates.find((candidate) => candidate && isSubject(candidate)),
    pushHosts: values.PUSH_HOSTS,
    pushTestAuthority: values.PUSH_TEST_CA_FILE,
  };
}

/** RFC 8292, 2.1; services refuse what nobody can be reached at, Apple with all pushes. */
function isSubject(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.protocol === 'https:') return isReal(url.hostname);
  const [, host] = /^mailto:[^\s@<>]+@([^\s@<>]+)$/.exec(text) ?? [];
  return host !== undefined && isReal(host);
}

function isReal(host: string): boolean {
  return (
    /^[^.]+(\.[^.]+)+$/.test(host) && !/(^|\.)localhost$|\.(local|internal|invalid)$|^[\d.]+$/i.test(host)
  );
}
