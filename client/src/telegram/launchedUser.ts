/** Who opened the app, as the launch data says; it draws the screen early, and proves nothing. */
export type LaunchedUser = {
  /** Empty: not told. */
  id: string;
  language: string | null;
  /** The bot may write to them already. */
  canBotWrite: boolean;
};

export function launchedUser(initData: string): LaunchedUser {
  try {
    const user: unknown = JSON.parse(new URLSearchParams(initData).get('user') ?? '{}');
    const { id, language_code, allows_write_to_pm } = user as Record<string, unknown>;
    return {
      id: typeof id === 'number' ? String(id) : '',
      language: typeof language_code === 'string' ? language_code : null,
      canBotWrite: allows_write_to_pm === true,
    };
  } catch {
    return { id: '', language: null, canBotWrite: false };
  }
}
