/** What a link into the Mini App names. Telegram carries at most 512 letters, digits, `_` and `-`. */
export type StartTarget =
  | { kind: 'chat'; chatId: string }
  /** A call that rings: shows it. Only the bot's own button answers it at once. */
  | { kind: 'call'; callId: string }
  | { kind: 'room'; token: string };

const UUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;
const ROOM_TOKEN = /^[\w-]{22,64}$/;

export function formatStartParam(target: StartTarget): string {
  if (target.kind === 'chat') return `c_${target.chatId.replaceAll('-', '')}`;
  if (target.kind === 'call') return `a_${target.callId.replaceAll('-', '')}`;
  return `r_${target.token}`;
}

/** Undefined for what names nothing that Ahoy knows. */
export function parseStartParam(text: string): StartTarget | undefined {
  const [, kind, name = ''] = /^([acr])_([\w-]{1,500})$/.exec(text) ?? [];
  if (kind === 'r') return ROOM_TOKEN.test(name) ? { kind: 'room', token: name } : undefined;
  const id = UUID.exec(name)?.slice(1).join('-');
  if (!id) return undefined;
  return kind === 'a' ? { kind: 'call', callId: id } : { kind: 'chat', chatId: id };
}
