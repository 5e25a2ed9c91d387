import type { install as english } from '../en/install.ts';
import type { Russian } from '../translation.ts';

export const install = {
  title: 'Установить Ahoy',
  text: 'Звонит и закрытым, открывается со значка.',
  textShort: 'Звонит и закрытым',
  begin: 'Установить',
  later: 'Не сейчас',
  notNow: 'Сейчас браузер этого не предлагает. Попробуйте позже.',
  why: 'На iPhone и iPad звонить может только установленный Ahoy.',
  stepShare: 'Нажмите «Поделиться»',
  stepShareHint: 'На панели браузера, иногда за тремя точками.',
  stepAdd: '«На экран „Домой“»',
  stepAddHint: 'В открывшемся списке, чуть ниже.',
  stepConfirm: 'Нажмите «Добавить»',
  stepConfirmHint: 'Затем откройте Ahoy с его значка и войдите.',
  understood: 'Понятно',
  updateReady: 'Готова новая версия',
  updateHint: 'Черновики сохранятся.',
  update: 'Обновить',
  updating: 'Обновляем…',
  tooOld: 'Эта версия Ahoy слишком стара для сервера',
  tooOldHint: 'Обновите, чтобы продолжить. Начатые сообщения и всё, что ждёт отправки, сохранится.',
} as const satisfies Russian<typeof english>;
