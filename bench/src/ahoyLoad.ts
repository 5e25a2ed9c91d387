import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createId } from '@ahoy/shared/domain/ids.ts';
import type { ServerToClientEvents } from '@ahoy/shared/protocol/socket.ts';
import { io, type Socket } from 'socket.io-client';
import { type ApiPerson, openChat, registerPerson } from '../../e2e/src/harness/apiPerson.ts';
import { startAhoy } from '../../e2e/src/harness/startAhoy.ts';
import type { Load } from './load.ts';

/** Starts the real server and signs in `pairs` pairs, each person with an HTTP connection and a socket. */
export async function startAhoyLoad(databaseUrl: string, pairs: number): Promise<Load> {
  const ahoy = await startAhoy({ databaseUrl });
  const agent = new Agent({ keepAlive: true, maxSockets: pairs * 2 });
  const people: ApiPerson[] = [];
  const chats: string[] = [];
  const sockets: Socket<ServerToClientEvents>[] = [];
  const heard = new Map<string, () => void>();
  for (let pair = 0; pair < pairs; pair += 1) {
    const [one, other] = await Promise.all([
      registerPerson(ahoy, { name: `One ${pair}` }),
      registerPerson(ahoy, { name: `Other ${pair}` }),
    ]);
    people.push(one, other);
    chats.push(await openChat(one, other));
  }
  for (const person of people) {
    const socket: Socket<ServerToClientEvents> = io(ahoy.url, {
      transports: ['websocket'],
      auth: { accessToken: person.accessToken },
      forceNew: true,
    });
    await once(socket as unknown as NodeJS.EventEmitter, 'connect');
    socket.on('chat', (delta) => {
      for (const message of delta.messages) if (message.senderId !== person.id) heard.get(message.text)?.();
    });
    sockets.push(socket);
  }

  async function post(accessToken: string, body: object): Promise<void> {
    const call = request(`${ahoy.url}/api/messages`, {
      method: 'POST',
      agent,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    });
    call.end(JSON.stringify(body));
    const [response] = await once(call, 'response');
    const answer = await buffer(response);
    if (response.statusCode !== 200) throw new Error(`a send was answered ${response.statusCode}: ${answer}`);
  }

  return {
    people: people.length,
    async send(user, text) {
      const delivered = new Promise<void>((resolve) => heard.set(text, resolve));
      const person = people[user];
      await Promise.all([
        delivered,
        post(person?.accessToken ?? '', { id: createId(), chatId: chats[user >> 1], text }),
      ]);
      heard.delete(text);
    },
    async stop() {
      for (const socket of sockets) socket.disconnect();
      agent.destroy();
      await ahoy.stop();
    },
  };
}
