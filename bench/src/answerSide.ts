/** One answer from a notification, in milliseconds from the click. */
export type AnswerTimes = {
  /** The worker has started, and the page begins to load. */
  page: number;
  /** The page asks to be let into the call. */
  asked: number;
  /** It is in. */
  told: number;
  /** It hears the caller. */
  audio: number;
};

/** Somebody who is called again and again while the app is closed. */
export type AnswerSide = {
  answer: () => Promise<AnswerTimes>;
  close: () => Promise<void>;
};
