import { ConfigError, readConfig } from './config.ts';
import { signCredentials } from './features/calls/iceServers.ts';
import { checkTurn, type TurnReport } from './operations/turn/checkTurn.ts';

// npm run turn-check: asks every server of TURN_URLS for a relay, with the variables that the server itself reads.
try {
  const { turnUrls, turnSecret, turnCredentialSeconds } = readConfig(process.env);
  if (turnUrls.length === 0)
    throw new ConfigError('TURN_URLS is not set: calls between some networks will fail');
  const credentials = turnSecret
    ? signCredentials(turnSecret, 'turn-check', new Date(), turnCredentialSeconds)
    : undefined;
  const reports = await Promise.all(turnUrls.map((url) => checkTurn(url, credentials)));
  for (const report of reports) process.stdout.write(`${describe(report)}\n`);
  if (reports.some((report) => !report.isOk)) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function describe(report: TurnReport): string {
  if (!report.isOk) return `failed  ${report.url}  ${report.problem}`;
  const warning = report.warning ? ` (but ${report.warning})` : '';
  return `ok      ${report.url}  relay ${report.relay} in ${Math.round(report.ms)} ms${warning}`;
}
