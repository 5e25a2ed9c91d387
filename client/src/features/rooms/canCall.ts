/** Whether this browser can make calls: web views inside other apps often cannot, nor can pages without https. */
export function canCall(view: Window): boolean {
  return (
    'RTCPeerConnection' in view &&
    'mediaDevices' in view.navigator &&
    view.navigator.mediaDevices !== undefined
  );
}
