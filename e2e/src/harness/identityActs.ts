import { PASSWORD } from './apiPerson.ts';
import type { Device } from './openBrowser.ts';

interface Account {
  readonly name: string;
  readonly email: string;
  readonly password?: string;
}

/** Comes to the front door, chooses to create an account and asks for a code. */
export async function signUp(device: Device, account: Account, inviteCode?: string): Promise<void> {
  const { page, words } = device;
  await page.goto('/');
  await page.getByRole('link', { name: words.identity.createAccount }).click();
  await page.getByLabel(words.identity.name).fill(account.name);
  await page.getByLabel(words.identity.email).fill(account.email);
  await passwordField(device).fill(account.password ?? PASSWORD);
  if (inviteCode !== undefined) await page.getByLabel(words.identity.invite).fill(inviteCode);
  await page.getByRole('button', { name: words.identity.sendCode }).click();
}

/** Types the letter's digits as a person does, one by one. */
export async function enterCode(device: Device, code: string): Promise<void> {
  const { page, words } = device;
  const field = page.getByLabel(words.identity.codeLabel);
  await field.fill('');
  await field.pressSequentially(code);
  await page.getByRole('button', { name: words.identity.confirm }).click();
}

/** Signs in at the front door. */
export async function signIn(device: Device, email: string, password = PASSWORD): Promise<void> {
  const { page, words } = device;
  await page.goto('/');
  await page.getByLabel(words.identity.email).fill(email);
  await passwordField(device).fill(password);
  await page.getByRole('button', { name: words.identity.signIn }).click();
}

/** Signs in and waits for the list of chats. */
export async function comeIn(device: Device, email: string, password = PASSWORD): Promise<void> {
  await signIn(device, email, password);
  await seeChats(device);
}

export async function seeChats({ page, words }: Device): Promise<void> {
  await page.getByRole('heading', { name: words.chats.title, exact: true }).waitFor();
}

export async function seeSignIn({ page, words }: Device): Promise<void> {
  await page.getByRole('heading', { name: words.identity.signInTitle }).waitFor();
}

/** The field itself, not the button that shows what is in it. */
export function passwordField({ page, words }: Device, label: string = words.identity.password) {
  return page.getByRole('textbox', { name: label });
}

/** The worker hands its session to a page that begins; browsers stop it, and with it its memory, whenever they like. */
export async function forgetSession({ context, page }: Device): Promise<void> {
  const devTools = await context.newCDPSession(page);
  await devTools.send('ServiceWorker.enable');
  await devTools.send('ServiceWorker.stopAllWorkers');
  await devTools.detach();
}
