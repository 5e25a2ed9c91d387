import type { common as english } from '../en/common.ts';
import type { Russian } from '../translation.ts';

export const common = {
  appName: 'Ahoy',
  back: 'Назад',
  close: 'Закрыть',
  cancel: 'Отмена',
  save: 'Сохранить',
  saving: 'Сохраняем…',
  retry: 'Повторить',
  reload: 'Обновить',
  loading: 'Загрузка',
  skipToContent: 'К содержанию',
  navigation: 'Разделы',
  tabChats: 'Чаты',
  tabPeople: 'Люди',
  tabSettings: 'Настройки',
  unread_one: '{{count}} непрочитанное сообщение',
  unread_few: '{{count}} непрочитанных сообщения',
  unread_many: '{{count}} непрочитанных сообщений',
  unread_other: '{{count}} непрочитанного сообщения',
  online: 'в сети',
  screenFailed: 'Не удалось показать этот экран',
  screenFailedHint:
    'Всё, что вы написали, сохранено. Обновите страницу; если это повторится, сообщите владельцу сервера.',
  screenNotLoaded: 'Этого экрана ещё нет на устройстве',
  screenNotLoadedHint: 'Он загрузится, как только появится сеть.',
  notFound: 'Такой страницы нет',
  notFoundHint: 'Возможно, в ссылке ошибка или она устарела.',
  toChats: 'К чатам',
  nothingChosen: 'Выберите чат или начните новый',
  updateReady: 'Готова новая версия',
} as const satisfies Russian<typeof english>;
