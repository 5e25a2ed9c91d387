/** Links that are followed once the person has signed in; any other page ends at the chats. */
const FOLLOWED = /^\/(chats[/?]|calls(\/|$)|share\?|answer\/|r#)/;

/** The link, when it is one that is followed after signing in. */
export function followedLink(path: unknown): string | undefined {
  return typeof path === 'string' && FOLLOWED.test(path) ? path : undefined;
}
