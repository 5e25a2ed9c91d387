import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Announcer } from './features/announcements.ts';
import type { Notifications } from './features/notifications/createNotifications.ts';
import type { HttpServer } from './http/server.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Metrics } from './operations/metrics.ts';
import type { Realtime } from './realtime/realtime.ts';

/** Says what of the parts is counted or read at each scrape. */
export function watchParts(
  metrics: Metrics,
  parts: {
    dataSource: DataSource;
    announcer: Announcer;
    mailer: Mailer;
    http: HttpServer;
    realtime: Realtime;
    notifications: Notifications;
  },
): void {
  const { dataSource, announcer, mailer, http, realtime, notifications } = parts;
  announcer.on('chatChanged', () => metrics.deltaSent('chat'));
  announcer.on('accountChanged', () => metrics.deltaSent('account'));
  announcer.on('personChanged', () => metrics.deltaSent('people'));

  metrics.watch('requests_in_progress', 'API requests that are not yet answered.', () => http.inProgress());
  metrics.watch('mail_queue', 'Letters that wait or are on their way.', () => mailer.queued());
  metrics.watch('push_queue', 'Pushes that wait or are on their way.', () => notifications.queued());
  metrics.watch('sockets', 'Sockets of devices, and those that have not yet said whose they are.', () => {
    const { signedIn, newcomers } = realtime.figures();
    return { signed_in: signedIn, newcomer: newcomers };
  });
  metrics.watch(
    'socket_queue_packets',
    'Packets that wait for sockets.',
    () => realtime.figures().waiting.packets,
  );
  metrics.watch('socket_queue_bytes', 'Bytes that wait for sockets.', () => realtime.figures().waiting.bytes);
  metrics.watch('database_connections', 'Connections of the pool.', () => {
    const { totalCount, idleCount } = poolOf(dataSource);
    return { idle: idleCount, busy: totalCount - idleCount };
  });
  metrics.watch(
    'database_waiting',
    'Work that waits for a connection.',
    () => poolOf(dataSource).waitingCount,
  );
}

/** TypeORM keeps the pool of `pg` there. */
function poolOf(dataSource: DataSource): Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'> {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
