import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApiQueries, useServices } from '../../components/ServicesContext.tsx';
import { writeAnswer, writeChatDelta } from '../../offline/writeDelta.ts';

/** Makes a room; its chat is on the device when `onCreated` is called. */
export function useCreateRoom(onCreated: (chatId: string) => void) {
  const { copy } = useServices();
  const { rooms } = useApiQueries();
  const client = useQueryClient();
  const options = rooms.create.mutationOptions({
    async onSuccess({ room, delta, answer }) {
      await copy.transaction(async (tx) => {
        await writeChatDelta(tx, delta);
        await writeAnswer(tx, answer);
      });
      client.setQueryData(rooms.read.queryKey({ input: { chatId: room.chatId } }), { room });
      void client.invalidateQueries({ queryKey: rooms.list.key() });
      onCreated(room.chatId);
    },
  });
  return useMutation(options);
}
