import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { BUS_TYPES, type BusMessage, readMessage, writeMessage } from './busMessage.ts';

export interface MessageBus {
  /** What programs find it by, in `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** A session bus of our own: Debian's dbus-daemon. */
export async function startMessageBus(): Promise<MessageBus> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const endWithUs = () => daemon.kill('SIGKILL');
  process.once('exit', endWithUs);
  const [address] = (await once(createInterface(daemon.stdout), 'line')) as [string];
  return {
    address,
    async stop() {
      process.off('exit', endWithUs);
      const ended = once(daemon, 'exit');
      daemon.kill('SIGTERM');
      await ended;
    },
  };
}

/** One program on the bus. */
export interface BusConnection {
  readonly call: (message: Omit<BusMessage, 'type' | 'serial'>) => Promise<readonly unknown[]>;
  readonly answer: (to: BusMessage, signature: string, body: readonly unknown[]) => void;
  readonly signal: (message: Omit<BusMessage, 'type' | 'serial'>) => void;
  readonly close: () => void;
}

/** Joins a bus, says hello and takes a name; `onCall` hears what is asked of that name. */
export async function joinBus(
  { address }: MessageBus,
  name: string,
  onCall: (message: BusMessage) => void,
): Promise<BusConnection> {
  const socket = connect(toSocketPath(address));
  await once(socket, 'connect');
  await authenticate(socket);
  const waiting = new Map<number, (message: BusMessage) => void>();
  let serial = 0;
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let next = readMessage(bytes); next; next = readMessage(bytes)) {
      bytes = bytes.subarray(next.length);
      const { message } = next;
      if (message.type === BUS_TYPES.call) onCall(message);
      else waiting.get(message.replySerial ?? 0)?.(message);
    }
  });
  const send = (type: number, message: Omit<BusMessage, 'type' | 'serial'>) => {
    serial += 1;
    socket.write(writeMessage({ ...message, type, serial }));
    return serial;
  };
  const connection: BusConnection = {
    call: (message) =>
      new Promise((resolve, reject) => {
        const sent = send(BUS_TYPES.call, message);
        waiting.set(sent, ({ type, body }) => {
          waiting.delete(sent);
          if (type === BUS_TYPES.answer) resolve(body);
          else reject(new Error(`The bus refuses ${message.member}: ${body.join(' ')}`));
        });
      }),
    answer(to, signature, body) {
      const destination = to.sender;
      send(BUS_TYPES.answer, { destination, replySerial: to.serial, ...(signature && { signature }), body });
    },
    signal: (message) => {
      send(BUS_TYPES.signal, message);
    },
    close: () => socket.destroy(),
  };
  const bus = {
    ...{ destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' },
    interfaceName: 'org.freedesktop.DBus',
  };
  await connection.call({ ...bus, member: 'Hello', body: [] });
  await connection.call({ ...bus, member: 'RequestName', signature: 'su', body: [name, 0] });
  return connection;
}

/** `unix:path=/tmp/dbus-x,guid=...`; an abstract name begins with a zero byte. */
function toSocketPath(address: string): string {
  const [, kind = '', name = ''] = /^unix:(path|abstract)=([^,]+)/.exec(address) ?? [];
  return kind === 'abstract' ? `\0${name}` : name;
}

/** The bus believes the system who is at the other end of the socket. */
async function authenticate(socket: Socket): Promise<void> {
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString().startsWith('OK ')) throw new Error(`The bus says ${answer}`);
  socket.write('BEGIN\r\n');
}
