type Documents = Record<'terms' | 'privacy', string>;

/** The pages of a server whose operator has written none: true of the software, silent on what only the operator knows. */
export const DOCUMENTS: Record<'en' | 'ru', Documents> = {
  en: {
    terms: `# Terms of use

This server runs Ahoy, a messenger that people host for themselves. The person or group who runs it, the operator, has not
written terms of their own, so these apply.

## Your account
- You need an email address that you can read. One person, one account.
- Keep your password to yourself. If you think that someone knows it, change it: all other devices are signed out.
- You may stop using the service at any time.

## What you send
- What you write stays yours. You allow the server to store it and to deliver it to the people you send it to.
- Do not send what is against the law where you or the operator live, do not harass people, and do not send spam.
- Do not attack the server or other people's devices, and do not try to get into accounts that are not yours.

## What the operator may do
- The operator may delete what breaks these terms and may close accounts that do.
- The service is given as it is, without a promise that it is always there. The operator may stop it, and should tell you
  before, so that you can save what matters to you.

Ask the person who invited you, or who runs this address, if anything is unclear.
`,
    privacy: `# Privacy

This server runs Ahoy. The person or group who runs it, the operator, has not written a page of their own. This is what the
software itself does.

## What is stored
- **Your account:** your email address, your name, and the photo, @username and text about you if you set them or brought them
  from Telegram. Your password is stored only as an argon2id hash, from which it cannot be read.
- **Your messages:** in the server's database, until they are deleted. They are encrypted on their way, but the operator of the
  server could read them in the database.
- **Your devices:** for each sign-in the browser, the network address and the times of the first and last use. You see them in the settings
  and can end each of them. They are deleted 30 days after they end.
- **Your calls:** with whom, when, how long, and figures of the connection's quality. Sound and pictures are not stored.
- **When you were last online,** to be shown to people you have a chat with, and **whom you block,** which nobody is told.

## Who sees what
- People in a chat with you see your name, photo, @username, the text about you, your messages there, and whether you have received and
  read theirs. Whom you block no longer sees when you are online, and cannot write to or call you.
- In a call the devices of the others learn your network address, as any direct connection does. They do not where the operator runs a
  relay, and you have not both written to each other before, or chose in the settings that your calls are always relayed.
- Others find you by your exact @username, and by your exact email address if you allow it in the settings. Nobody is shown your
  address.

## What is not done
- No advertising, no profiles of you, no analytics, nothing loaded from other companies.
- The one cookie keeps you signed in. What the app stores in your browser is your own copy of your chats.

## Your rights
Ask the operator for a copy of your data or to delete your account. If you do not know who runs this server, ask the person who invited you.
`,
  },
  ru: {
    terms: `# Условия использования

На этом сервере работает Ahoy — мессенджер, который люди размещают у себя сами. Владелец сервера не написал собственных условий,
поэтому действуют эти.

## Ваш аккаунт
- Нужен адрес электронной почты, который вы можете читать. Один человек — один аккаунт.
- Никому не сообщайте пароль. Если думаете, что его узнали, смените его: на всех остальных устройствах будет выполнен выход.
- Вы можете перестать пользоваться сервисом в любой момент.

## То, что вы отправляете
- Написанное остаётся вашим. Вы разрешаете серверу хранить это и доставлять тем, кому вы это отправили.
- Не отправляйте того, что запрещено законом у вас или у владельца сервера, не преследуйте людей и не рассылайте спам.
- Не атакуйте сервер и чужие устройства и не пытайтесь войти в чужие аккаунты.

## Что может владелец сервера
- Он может удалять то, что нарушает эти условия, и закрывать аккаунты нарушителей.
- Сервис предоставляется как есть, без обещания, что он доступен всегда. Владелец может его остановить и должен предупредить
  заранее, чтобы вы успели сохранить важное.

Если что-то непонятно, спросите того, кто вас пригласил, или того, кому принадлежит этот адрес.
`,
    privacy: `# Конфиденциальность

На этом сервере работает Ahoy. Его владелец не написал собственной страницы, поэтому здесь сказано, что делает сама программа.

## Что хранится
- **Аккаунт:** адрес почты, имя, а также фото, @имя и текст о себе, если вы их указали или они пришли с вами из Telegram. Пароль
  хранится только в виде хеша argon2id, из которого его нельзя прочитать.
- **Сообщения:** в базе данных сервера, пока их не удалят. По пути они зашифрованы, но владелец сервера мог бы прочитать их в базе.
- **Устройства:** для каждого входа — браузер, сетевой адрес, время первого и последнего использования. Они видны в настройках, и каждый
  вход можно завершить. Через 30 дней после завершения запись удаляется.
- **Звонки:** с кем, когда, как долго, и показатели качества связи. Звук и изображение не сохраняются.
- **Когда вы были в сети,** — чтобы показать это тем, с кем у вас есть чат, и **кого вы заблокировали,** — об этом никто не узнаёт.

## Кто что видит
- Люди в одном чате с вами видят ваше имя, фото, @имя, текст о себе, ваши сообщения в этом чате и то, получили и прочитали ли вы их
  сообщения. Те, кого вы заблокировали, больше не видят, когда вы в сети, и не могут вам писать и звонить.
- Во время звонка устройства собеседников узнают ваш сетевой адрес, как при любом прямом соединении. Не узнают, если владелец держит
  ретранслятор, и вы ещё не обменялись сообщениями или выбрали в настройках звонить всегда через сервер.
- Остальные могут найти вас по точному @имени, а по точному адресу почты — если вы разрешили это в настройках. Сам адрес не
  показывается никому.

## Чего нет
- Нет рекламы, профилей, аналитики, ничего не загружается у других компаний.
- Единственный файл cookie нужен, чтобы вы оставались в системе. В браузере хранится ваша собственная копия ваших чатов.

## Ваши права
Попросите владельца сервера дать копию ваших данных или удалить аккаунт. Если не знаете, кто он, спросите того, кто вас пригласил.
`,
  },
};
