import { useServices } from '../../../components/ServicesContext.tsx';
import type { CallsState } from '../../../rtc/callSnapshot.ts';
import { IncomingBanner } from './IncomingBanner.tsx';
import { IncomingCall } from './IncomingCall.tsx';
import { useCalmStoreOf } from './useCalmStoreOf.ts';

const ringingOf = (state: CallsState) => state.ringing;

/** Who calls: over a call that goes on as a banner, else with all there is to say. */
export function Ringing({ isInCall }: { isInCall: boolean }) {
  const { calls } = useServices();
  const ringing = useCalmStoreOf(calls.store, ringingOf);
  const [first, ...others] = ringing;
  if (!first) return null;
  if (isInCall) return <IncomingBanner ringing={ringing} />;
  return <IncomingCall key={first.call.id} first={first} others={others} />;
}
