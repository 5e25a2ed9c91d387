/** One letter to one person. `html` must carry nothing that `text` does not. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
}
