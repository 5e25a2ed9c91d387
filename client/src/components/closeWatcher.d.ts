/** Of the HTML standard; TypeScript has no word of it yet. */
declare class CloseWatcher {
  onclose: (() => void) | null;
  destroy(): void;
}
