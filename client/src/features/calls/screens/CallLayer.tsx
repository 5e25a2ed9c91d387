import { useServices } from '../../../components/ServicesContext.tsx';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import { SwitchCallSheet } from '../sheets/SwitchCallSheet.tsx';
import type { CallLayerProps } from './callModel.ts';
import { Ringing } from './Ringing.tsx';
import { RunningCall } from './RunningCall.tsx';

/** All of calls that is to be seen and heard now. */
export function CallLayer({ view, onChat, onMessage }: CallLayerProps) {
  const { calls } = useServices();
  const session = useStoreOf(calls.store, (state) => state.session);
  const refusal = useStoreOf(calls.store, (state) => state.refusal);
  return (
    <>
      {session && <RunningCall session={session} view={view} onChat={onChat} onMessage={onMessage} />}
      {!session && <Ringing isInCall={false} />}
      <SwitchCallSheet refusal={refusal} onClose={calls.dismiss} />
    </>
  );
}
