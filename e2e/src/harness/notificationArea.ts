import type { BusMessage } from './busMessage.ts';
import { joinBus, startMessageBus } from './messageBus.ts';
import { waitFor } from './waitFor.ts';

/** A notification as the system was told to show it. */
export interface SystemNotification {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  /** Labels of its buttons. */
  readonly buttons: readonly string[];
  /** It stays until somebody does something. */
  readonly isStaying: boolean;
  /** How often it was shown anew, the first time included. */
  readonly times: number;
}

/** What a desktop shows of notifications; those who look at it click as a person does. */
export interface NotificationArea {
  /** For programs that are to show their notifications here. */
  readonly env: Readonly<Record<string, string>>;
  /** On the screen now, oldest first. */
  readonly shown: () => readonly SystemNotification[];
  /** Waits for one with this title, whose body is like this. */
  readonly see: (title: string, body?: string | RegExp) => Promise<SystemNotification>;
  readonly seeNone: (title: string) => Promise<void>;
  /** Clicks the notification itself. */
  readonly click: (notification: SystemNotification) => void;
  readonly press: (notification: SystemNotification, button: string) => void;
  /** Writes into its field and sends that. */
  readonly reply: (notification: SystemNotification, text: string) => void;
  readonly stop: () => Promise<void>;
}

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
/** What desktops can do; the last two are KDE's names for a field to answer in. */
const CAPABILITIES = ['actions', 'body', 'persistence', 'inline-reply', 'x-kde-inline-reply'];
const REPLY_KEY = 'inline-reply';
const CLOSED_BY_CALL = 3;
const CRITICAL = 2;

interface Held extends SystemNotification {
  readonly sender: string;
  /** Keys of its actions by their labels. */
  readonly keys: ReadonlyMap<string, string>;
}

/** A bus of its own with a notification server on it (Desktop Notifications Specification 1.3). */
export async function startNotificationArea(): Promise<NotificationArea> {
  const bus = await startMessageBus();
  const held = new Map<number, Held>();
  let lastId = 0;

  const emit = (to: string, member: string, signature: string, body: readonly unknown[]) =>
    connection.signal({ path: PATH, interfaceName: NAME, member, destination: to, signature, body });

  function notify({ body, sender = '' }: BusMessage): number {
    const [, replaces, , title, text, actions, hints] = body as [
      ...[string, number, string, string, string, string[]],
      [string, unknown][],
    ];
    const replaced = held.get(replaces);
    lastId += replaced ? 0 : 1;
    const id = replaced?.id ?? lastId;
    const keys = new Map<string, string>();
    for (let at = 0; at + 1 < actions.length; at += 2) keys.set(actions[at + 1] ?? '', actions[at] ?? '');
    const buttons = [...keys].flatMap(([label, key]) => (key === 'default' ? [] : [label]));
    const isStaying = hints.some(([name, value]) => name === 'urgency' && value === CRITICAL);
    held.delete(id);
    const times = (replaced?.times ?? 0) + 1;
    held.set(id, { id, title, body: text, buttons, isStaying, times, sender, keys });
    return id;
  }

  const connection = await joinBus(bus, NAME, (message) => {
    switch (message.member) {
      case 'GetServerInformation':
        return connection.answer(message, 'ssss', ['Ahoy tests', 'Ahoy', '1', '1.2']);
      case 'GetCapabilities':
        return connection.answer(message, 'as', [CAPABILITIES]);
      case 'Notify':
        return connection.answer(message, 'u', [notify(message)]);
      case 'CloseNotification': {
        const id = Number(message.body[0]);
        const gone = held.get(id);
        held.delete(id);
        connection.answer(message, '', []);
        if (gone) emit(gone.sender, 'NotificationClosed', 'uu', [id, CLOSED_BY_CALL]);
        return;
      }
      default:
        return connection.answer(message, '', []);
    }
  });

  function invoke({ id }: SystemNotification, key: string | undefined): void {
    const one = held.get(id);
    if (!one || key === undefined) throw new Error(`The notification ${id} has no such button`);
    emit(one.sender, 'ActionInvoked', 'us', [id, key]);
  }

  return {
    env: { DBUS_SESSION_BUS_ADDRESS: bus.address },
    shown: () => [...held.values()],
    see: (title, body = /^/) =>
      waitFor(`the notification ${title}: ${body}`, () =>
        [...held.values()].find(
          (one) =>
            one.title === title && (typeof body === 'string' ? one.body === body : body.test(one.body)),
        ),
      ),
    async seeNone(title) {
      await waitFor(`the end of the notification ${title}`, () =>
        [...held.values()].every((one) => one.title !== title) ? true : undefined,
      );
    },
    click: (notification) => invoke(notification, 'default'),
    press: (notification, button) => invoke(notification, held.get(notification.id)?.keys.get(button)),
    reply({ id }, text) {
      const one = held.get(id);
      if (![...(one?.keys.values() ?? [])].includes(REPLY_KEY))
        throw new Error('The notification has no field');
      emit(one?.sender ?? '', 'NotificationReplied', 'us', [id, text]);
    },
    async stop() {
      connection.close();
      await bus.stop();
    },
  };
}
