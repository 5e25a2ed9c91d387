import { useServices } from '../../../components/ServicesContext.tsx';
import type { CallsState } from '../../../rtc/callSnapshot.ts';
import { SwitchCallSheet } from '../sheets/SwitchCallSheet.tsx';
import type { CallLayerProps } from './callModel.ts';
import { Ringing } from './Ringing.tsx';
import { RunningCall } from './RunningCall.tsx';
import { useCalmStoreOf } from './useCalmStoreOf.ts';

const sessionOf = (state: CallsState) => state.session;
const refusalOf = (state: CallsState) => state.refusal;

/** All of calls that is to be seen and heard now. */
export function CallLayer({ view, onChat, onMessage }: CallLayerProps) {
  const { calls } = useServices();
  const session = useCalmStoreOf(calls.store, sessionOf);
  const refusal = useCalmStoreOf(calls.store, refusalOf);
  return (
    <>
      {session && <RunningCall session={session} view={view} onChat={onChat} onMessage={onMessage} />}
      {!session && <Ringing isInCall={false} />}
      <SwitchCallSheet refusal={refusal} onClose={calls.dismiss} />
    </>
  );
}
