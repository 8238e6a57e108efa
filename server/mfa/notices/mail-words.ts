import type { Words } from "../../../shared/mfa/form.ts";

/** What has happened to somebody's second factors. `kind` is what the module is called, never the name a person gave. */
export type FactorChange =
  | { readonly what: "added" | "removed" | "renamed"; readonly kind: Words }
  | {
      readonly what:
        | "fresh-codes"
        | "guessed"
        | "reset-cancelled"
        | "reset-by-kit"
        | "reset-by-administrator";
    }
  /** The account's: said to the one that it had. */
  | { readonly what: "address-changed" }
  /** So many recovery codes are left after one was used. */
  | { readonly what: "codes-left"; readonly left: number }
  /** `dueAt`: when the factors go, in milliseconds since 1970 UTC. */
  | { readonly what: "reset-asked"; readonly dueAt: number };

/** A mail, in plain text. */
export type Letter = { readonly subject: string; readonly text: string };

/** A mail in every language that we write. */
export type Letters = { readonly [Language in keyof Words]: Letter };

/**
 * The mail that brings a code. The subject doesn't say it: subjects are shown on locked screens and kept in logs.
 *
 * @param host of the server, with the port where it has one of its own
 */
export function lettersOfCode(host: string, code: string, minutes: number): Letters {
  return {
    en: {
      subject: `Your code for ${host}`,
      text: `Your code for Countersign at ${host}:

    ${code}

It works once, within ${minutes} minutes. Type it into the Countersign extension and nowhere else. Nobody will ever ask you for it.

If you asked for no code, somebody has your passphrase or a device of yours: change the passphrase in Countersign, under Settings, and tell whoever runs the server.`,
    },
    "zh-CN": {
      subject: `${host} 的验证码`,
      text: `你在 ${host} 的 Countersign 验证码：

    ${code}

${minutes} 分钟内有效，只能使用一次。请只在 Countersign 扩展中输入，任何人都不会向你索要它。

如果你没有请求验证码，说明有人知道你的主密码，或拿到了你的设备：请在 Countersign 的“设置”中更改主密码，并告知服务器管理员。`,
    },
  };
}

/**
 * The mail that tells of a change. Nothing in it was written by anybody but us: whoever is signed in with a stolen passphrase
 * may name factors as they like, and would have us send their words to the one they stole it from.
 *
 * @param at when it happened, in milliseconds since 1970 UTC
 */
export function lettersOfChange(host: string, change: FactorChange, at: number): Letters {
  return { en: inEnglish(host, change, at), "zh-CN": inChinese(host, change, at) };
}

/**
 * The mail in the first of these languages that we write, or in all of ours where there is none of them.
 *
 * @param languages the best first, as BCP 47 names them
 */
export function chooseLetter(letters: Letters, languages: readonly string[]): Letter {
  for (const language of languages) {
    const [main] = language.toLowerCase().split("-");
    if (main === "en") return letters.en;
    if (main === "zh") return letters["zh-CN"];
  }
  const { en, "zh-CN": zh } = letters;
  return { subject: `${en.subject} / ${zh.subject}`, text: `${en.text}\n\n* * *\n\n${zh.text}` };
}

const NOT_YOU =
  "If it was not, somebody is signed in as you: in Countersign, change your passphrase under Settings, and under Teams sign out the devices that you do not know and look at your second factors. Then tell whoever runs the server.";

function inEnglish(host: string, change: FactorChange, at: number): Letter {
  const when = moment(at, "en-GB");
  const where = `your account at ${host}`;
  switch (change.what) {
    case "added":
      return letter(
        `A second factor was added at ${host}`,
        `On ${when}, a second factor was added to ${where}: ${change.kind.en}.`,
        `If that was you, there is nothing to do. ${NOT_YOU}`,
      );
    case "removed":
      return letter(
        `A second factor was removed at ${host}`,
        `On ${when}, a second factor was removed from ${where}: ${change.kind.en}.`,
        `If that was you, there is nothing to do. ${NOT_YOU}`,
      );
    case "renamed":
      return letter(
        `A second factor has another name at ${host}`,
        `On ${when}, a second factor of ${where} was given another name: ${change.kind.en}.`,
        `If that was you, there is nothing to do. ${NOT_YOU}`,
      );
    case "fresh-codes":
      return letter(
        `Fresh recovery codes at ${host}`,
        `On ${when}, a fresh set of recovery codes was made for ${where}. Those from before no longer count.`,
        `If that was you, there is nothing to do. ${NOT_YOU}`,
      );
    case "guessed":
      return letter(
        `Somebody may have your passphrase for ${host}`,
        `Up to ${when}, somebody who gave the passphrase of ${where} was wrong with its second factor many times. They are not in, and have to wait longer after each try.`,
        `If that was you, there is nothing to do. If it was not, somebody knows your passphrase: change it now in Countersign, under Settings, and wherever else you use it. Then tell whoever runs the server.`,
      );
    case "codes-left":
      return letter(
        `${change.left === 0 ? "No" : change.left} recovery ${change.left === 1 ? "code is" : "codes are"} left at ${host}`,
        `On ${when}, a recovery code of ${where} was used. ${change.left === 0 ? "It was the last one." : `${change.left} ${change.left === 1 ? "is" : "are"} left.`}`,
        `If that was you, make a fresh set in Countersign, under Teams. If it was not, somebody has your passphrase and your recovery codes: change the one, make a fresh set of the others, and tell whoever runs the server.`,
      );
    case "reset-asked":
      return letter(
        `Your second factors at ${host} are to be removed`,
        `On ${when}, somebody who has your recovery kit asked that all second factors be removed from ${where}. It can be done from ${moment(change.dueAt, "en-GB")} on.`,
        `If that was you, sign in again after that time and end it with your recovery kit. If it was not, sign in with a second factor before then and cancel it; then make a new recovery kit and change your passphrase, for somebody has the one you have now. Tell whoever runs the server.`,
      );
    case "reset-cancelled":
      return letter(
        `Your second factors at ${host} stay`,
        `On ${when}, the removal of all second factors of ${where} was cancelled.`,
        `If that was you, there is nothing to do. ${NOT_YOU}`,
      );
    case "reset-by-kit":
      return letter(
        `Your second factors at ${host} were removed`,
        `On ${when}, all second factors were removed from ${where}, as the holder of your recovery kit had asked.`,
        `If that was you, set up new ones in Countersign, under Teams. ${NOT_YOU}`,
      );
    case "reset-by-administrator":
      return letter(
        `Your second factors at ${host} were removed`,
        `On ${when}, an administrator removed all second factors from ${where}. Your passphrase still counts. Nobody can read anything by it.`,
        `If you asked for it, sign in and set up new ones. If you did not, ask the administrators why: it is in the activity log.`,
      );
    case "address-changed":
      return letter(
        `Your account at ${host} has another address`,
        `On ${when}, ${where} was given another e-mail address. What happens to its second factors is told there from now on, and not here.`,
        `If that was you, there is nothing to do. ${NOT_YOU}`,
      );
  }
}

const NOT_YOU_IN_CHINESE =
  "如果不是，说明有人在以你的身份登录：请在 Countersign 的“设置”中更改主密码，在“团队”中退出你不认识的设备，检查验证方式，并告知服务器管理员。";

function inChinese(host: string, change: FactorChange, at: number): Letter {
  const when = moment(at, "zh-CN");
  const where = `你在 ${host} 的账号`;
  switch (change.what) {
    case "added":
      return letter(
        `${host} 添加了验证方式`,
        `${when}，${where}添加了验证方式：${change.kind["zh-CN"]}。`,
        `如果是你本人操作，无需处理。${NOT_YOU_IN_CHINESE}`,
      );
    case "removed":
      return letter(
        `${host} 移除了验证方式`,
        `${when}，${where}移除了验证方式：${change.kind["zh-CN"]}。`,
        `如果是你本人操作，无需处理。${NOT_YOU_IN_CHINESE}`,
      );
    case "renamed":
      return letter(
        `${host} 的验证方式已改名`,
        `${when}，${where}的一个验证方式改了名称：${change.kind["zh-CN"]}。`,
        `如果是你本人操作，无需处理。${NOT_YOU_IN_CHINESE}`,
      );
    case "fresh-codes":
      return letter(
        `${host} 已生成新的恢复码`,
        `${when}，${where}生成了一组新的恢复码，原来的恢复码已失效。`,
        `如果是你本人操作，无需处理。${NOT_YOU_IN_CHINESE}`,
      );
    case "guessed":
      return letter(
        `可能有人知道你在 ${host} 的主密码`,
        `截至 ${when}，有人用${where}的主密码登录，但双重验证多次未通过。对方没有登录成功，而且每试一次都要等更久。`,
        "如果是你本人操作，无需处理。如果不是，说明有人知道你的主密码：请立即在 Countersign 的“设置”中更改，其他地方用了同一密码的也请更改，并告知服务器管理员。",
      );
    case "codes-left":
      return letter(
        change.left === 0 ? `${host} 的恢复码已用完` : `${host} 的恢复码只剩 ${change.left} 个`,
        `${when}，${where}使用了一个恢复码，${change.left === 0 ? "这是最后一个" : `还剩 ${change.left} 个`}。`,
        "如果是你本人操作，请在 Countersign 的“团队”中生成一组新的恢复码。如果不是，说明有人知道你的主密码和恢复码：请更换主密码，重新生成恢复码，并告知服务器管理员。",
      );
    case "reset-asked":
      return letter(
        `${host} 将移除你的验证方式`,
        `${when}，有人用你的恢复密钥请求移除${where}的全部验证方式，最早可于 ${moment(change.dueAt, "zh-CN")} 移除。`,
        "如果是你本人操作，请在那之后重新登录，用恢复密钥完成移除。如果不是，请在此之前完成双重验证并阻止；然后更换恢复密钥和主密码，因为有人已经拿到了现在的恢复密钥。请告知服务器管理员。",
      );
    case "reset-cancelled":
      return letter(
        `${host} 保留了你的验证方式`,
        `${when}，移除${where}全部验证方式的请求已取消。`,
        `如果是你本人操作，无需处理。${NOT_YOU_IN_CHINESE}`,
      );
    case "reset-by-kit":
      return letter(
        `${host} 已移除你的验证方式`,
        `${when}，${where}的全部验证方式已按恢复密钥持有人的请求移除。`,
        `如果是你本人操作，请在 Countersign 的“团队”中重新设置。${NOT_YOU_IN_CHINESE}`,
      );
    case "reset-by-administrator":
      return letter(
        `${host} 已移除你的验证方式`,
        `${when}，管理员移除了${where}的全部验证方式。你的主密码仍然有效，任何人都不会因此看到你的内容。`,
        "如果是你请管理员这样做的，请登录并重新设置。如果不是，请向管理员问明原因：操作已记入活动日志。",
      );
    case "address-changed":
      return letter(
        `${host} 的账号更换了邮箱`,
        `${when}，${where}更换了邮箱。今后两步验证方式如有变动，将通知新的邮箱，不再通知这里。`,
        `如果是你本人操作，无需处理。${NOT_YOU_IN_CHINESE}`,
      );
  }
}

function letter(subject: string, happened: string, todo: string): Letter {
  return { subject, text: `${happened}\n\n${todo}` };
}

function moment(at: number, language: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return `${format.format(at)} (UTC)`;
}
