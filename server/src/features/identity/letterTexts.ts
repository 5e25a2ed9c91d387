import type { LetterWords } from '../../mail/composeLetter.ts';

type Place = { host: string; code: string };
type LetterTexts = Record<
  'register' | 'registerTaken' | 'reset' | 'passwordSet',
  (place: Place) => LetterWords
>;

export const LETTER_TEXTS: Record<'en' | 'ru', LetterTexts> = {
  en: {
    register: ({ host, code }) => ({
      subject: `${code} is your Ahoy code`,
      heading: 'Confirm your address',
      body: [`You are signing up for Ahoy at ${host}. Enter this code there, or open the link.`],
      codeLabel: 'Your code, good for 15 minutes:',
      action: 'Confirm my address',
      why: `You get this letter because someone entered this address at ${host}. If it was not you, do nothing: without the code there will be no account.`,
    }),
    registerTaken: ({ host }) => ({
      subject: 'You already have an Ahoy account',
      heading: 'You already have an account',
      body: [
        `Someone tried to sign up for Ahoy at ${host} with your address, which has an account there already.`,
        'If it was you, sign in with your password. If you no longer know it, choose "Forgot password" there and set a new one.',
      ],
      action: 'Open Ahoy',
      why: `You get this letter because someone entered this address at ${host}. If it was not you, do nothing: your account has not changed, and nobody got in.`,
    }),
    reset: ({ host, code }) => ({
      subject: `${code} is your code for a new Ahoy password`,
      heading: 'Set a new password',
      body: [`You want to set a new password for Ahoy at ${host}. Enter this code there, or open the link.`],
      codeLabel: 'Your code, good for 15 minutes:',
      action: 'Set a new password',
      why: `You get this letter because someone asked for a new password at ${host} with this address. If it was not you, do nothing: your password stays as it is. Give the code to nobody.`,
    }),
    passwordSet: ({ host }) => ({
      subject: 'Your Ahoy password was changed',
      heading: 'Your password was changed',
      body: [
        `The password of your Ahoy account at ${host} has just been changed. All other devices were signed out.`,
        'If it was not you, set a new password at once: open Ahoy and choose "Forgot password".',
      ],
      action: 'Open Ahoy',
      why: `You get this letter because this address belongs to an account at ${host}.`,
    }),
  },
  ru: {
    register: ({ host, code }) => ({
      subject: `${code} — ваш код Ahoy`,
      heading: 'Подтвердите адрес',
      body: [`Вы регистрируетесь в Ahoy на ${host}. Введите там этот код или откройте ссылку.`],
      codeLabel: 'Ваш код, действует 15 минут:',
      action: 'Подтвердить адрес',
      why: `Вы получили это письмо, потому что кто-то указал этот адрес на ${host}. Если это были не вы, ничего не делайте: без кода аккаунт не появится.`,
    }),
    registerTaken: ({ host }) => ({
      subject: 'У вас уже есть аккаунт Ahoy',
      heading: 'У вас уже есть аккаунт',
      body: [
        `Кто-то пытался зарегистрироваться в Ahoy на ${host} с вашим адресом, а у него там уже есть аккаунт.`,
        'Если это были вы, войдите со своим паролем. Если не помните его, выберите там «Забыли пароль?» и задайте новый.',
      ],
      action: 'Открыть Ahoy',
      why: `Вы получили это письмо, потому что кто-то указал этот адрес на ${host}. Если это были не вы, ничего не делайте: аккаунт не изменился, и никто в него не вошёл.`,
    }),
    reset: ({ host, code }) => ({
      subject: `${code} — код для нового пароля Ahoy`,
      heading: 'Задайте новый пароль',
      body: [`Вы хотите задать новый пароль для Ahoy на ${host}. Введите там этот код или откройте ссылку.`],
      codeLabel: 'Ваш код, действует 15 минут:',
      action: 'Задать новый пароль',
      why: `Вы получили это письмо, потому что кто-то запросил новый пароль на ${host} для этого адреса. Если это были не вы, ничего не делайте: пароль останется прежним. Никому не сообщайте код.`,
    }),
    passwordSet: ({ host }) => ({
      subject: 'Ваш пароль Ahoy изменён',
      heading: 'Пароль изменён',
      body: [
        `Пароль вашего аккаунта Ahoy на ${host} только что изменили. На всех остальных устройствах выполнен выход.`,
        'Если это были не вы, сразу задайте новый пароль: откройте Ahoy и выберите «Забыли пароль?».',
      ],
      action: 'Открыть Ahoy',
      why: `Вы получили это письмо, потому что этот адрес привязан к аккаунту на ${host}.`,
    }),
  },
};
