declare global {
  /** Of the HTML standard; TypeScript has no word of it yet. */
  class CloseWatcher {
    onclose: (() => void) | null;
    destroy(): void;
  }
}

export {};
