import type { Log } from '../log.ts';
import type { AhoyServer, AhoySocket } from './socketTypes.ts';

/** More than a device that only stutters falls behind; asking `sync` for that much is cheaper than hearing it all. */
const WAITING_PACKETS = 1_000;
const WAITING_BYTES = 1024 * 1024;

type Connection = AhoySocket['conn'];
type Packet = { data?: unknown };

export type SlowSocketBounds = { packets: number; bytes: number };

export type SlowSockets = {
  /** What waits in this process for sockets that do not take it at once. */
  waiting(): { packets: number; bytes: number };
};

/**
 * Cuts a socket for which more waits than it may: it did not read for a while. It comes back by itself and catches up
 * by version, and the others never wait for it. Counted from what is created to what is handed to the transport.
 */
export function cutSlowSockets(
  io: AhoyServer,
  log: Log,
  onCut: () => void,
  bounds: SlowSocketBounds = { packets: WAITING_PACKETS, bytes: WAITING_BYTES },
): SlowSockets {
  const behind = new Map<Connection, SlowSocketBounds>();

  // Shared by all sockets, so that an idle one costs nothing.
  function onPacket(this: Connection, { data }: Packet) {
    const queue = behind.get(this) ?? { packets: 0, bytes: 0 };
    if (queue.packets === 0) behind.set(this, queue);
    queue.packets += 1;
    if (typeof data === 'string' || Buffer.isBuffer(data)) queue.bytes += data.length;
    if (queue.packets <= bounds.packets && queue.bytes <= bounds.bytes) return;
    behind.delete(this);
    log.warn({ waiting: queue.packets, bytes: queue.bytes }, 'a socket did not keep up and was cut');
    onCut();
    // Nobody reads on the other side: a farewell would wait behind all the rest.
    this.request.socket.destroy();
  }
  function onFlush(this: Connection) {
    behind.delete(this);
  }

  io.engine.on('connection', (connection: Connection) => {
    connection.on('packetCreate', onPacket);
    connection.on('flush', onFlush);
    connection.on('close', onFlush);
  });
  return {
    waiting() {
      const sum = { packets: 0, bytes: 0 };
      for (const queue of behind.values()) {
        sum.packets += queue.packets;
        sum.bytes += queue.bytes;
      }
      return sum;
    },
  };
}
