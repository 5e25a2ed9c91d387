/** What Telegram's back button does: it closes what lies on top, else it leads to the page above. */
export type BackStack = {
  /** Lies on top until the returned function is called. */
  push: (onBack: () => void) => () => void;
  /** Below all of it; null: the app itself stands here, and there is nothing to go back to. */
  setPage: (onBack: (() => void) | null) => void;
  press: () => void;
};

export function createBackStack(show: (isVisible: boolean) => void): BackStack {
  const layers: { onBack: () => void }[] = [];
  let page: (() => void) | null = null;
  let isShown = false;

  function update(): void {
    const isWanted = layers.length > 0 || page !== null;
    if (isWanted !== isShown) show(isWanted);
    isShown = isWanted;
  }

  return {
    push(onBack) {
      const layer = { onBack };
      layers.push(layer);
      update();
      return () => {
        const at = layers.indexOf(layer);
        if (at !== -1) layers.splice(at, 1);
        update();
      };
    },
    setPage(onBack) {
      page = onBack;
      update();
    },
    press: () => (layers.at(-1)?.onBack ?? page)?.(),
  };
}
