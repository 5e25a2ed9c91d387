import type { telegram as english } from '../en/telegram.ts';
import type { Russian } from '../translation.ts';

export const telegram = {
  overTitle: 'Откройте Ahoy ещё раз',
  overText:
    'Это окно открыто слишком давно, или вход завершён. Закройте его и снова откройте Ahoy из Telegram: этого достаточно, чтобы войти.',
  leftTitle: 'Вы вышли',
  leftText: 'Чтобы вернуться, закройте это окно и снова откройте Ahoy из Telegram.',
  refusedTitle: 'Telegram не подтвердил, что это вы',
  refusedText: 'Закройте это окно и откройте Ahoy снова: у бота или по ссылке в Telegram.',
  absentTitle: 'Этот сервер не связан с Telegram',
  absentText: 'Его владелец не подключил бота. Спросите его или откройте адрес в браузере.',
  close: 'Закрыть',
  inviteTitle: 'Введите код приглашения',
  inviteText: 'Новым людям на этом сервере нужен код. Его даёт владелец сервера или тот, кто вас пригласил.',
  invite: 'Код приглашения',
  inviteMissing: 'Введите код, который вам дали.',
  inviteWrong: 'Код не подходит.',
  goOn: 'Продолжить',
  look: 'Как в Telegram',
  writing: 'Пусть бот пишет вам?',
  writingText: 'Он расскажет здесь, в Telegram, о сообщениях и звонках, пока Ahoy закрыт.',
  allow: 'Разрешить',
  notNow: 'Не сейчас',
  writingOn: 'Бот будет вам писать.',
  writingOff: 'Бот не будет писать. Запустить его можно позже в чате с ним.',
  continue: 'Продолжить в браузере',
  continueText: 'Ahoy откроется в браузере, вход уже выполнен. Ссылка действует один раз, в течение минуты.',
  deniedPhone:
    'Telegram не дал этому окну {{what}}. Разрешите это для Telegram в настройках телефона, затем закройте окно и откройте снова.',
  deniedDesktop:
    'Telegram на компьютере запоминает первый ответ, даже «нет», и больше не спрашивает. В браузере спросят заново.',
  deniedWeb:
    'Браузер не дал странице Telegram {{what}}. Разрешите это в адресной строке или продолжите в отдельной вкладке.',
  unsupported: 'В этой версии Telegram звонить нельзя: её окну недоступно: {{what}}.',
  scan: 'Сканировать QR-код',
} as const satisfies Russian<typeof english>;
