import { ConfigError, readConfig } from './config.ts';

// npm run telegram-status: asks Telegram about the bot, with the variables that the server itself reads.
try {
  const { telegram, publicUrl } = readConfig(process.env);
  const { token } = telegram;
  if (!token) {
    process.stdout.write('off     TELEGRAM_BOT_TOKEN is not set: no bot writes to anybody\n');
  } else {
    // Only here, so that grammY is loaded where there is a bot.
    const { checkBot } = await import('./features/telegram/bot/checkBot.ts');
    const report = await checkBot({ ...telegram, token, publicUrl });
    for (const { is, what } of report) process.stdout.write(`${is.padEnd(8)}${what}\n`);
    if (report.some(({ is }) => is === 'failed')) process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
