import type { factorStepEn } from "./factor-step-en.ts";

/** What is said where a second factor is shown, in simplified Chinese. */
export const factorStepZhCN: Record<keyof typeof factorStepEn, string> = {
  "teams.refused.factor-needed": "此操作需要向 {host} 完成双重验证。",
  "teams.refused.factor-again": "距离上次双重验证已经太久，此操作需要再次向 {host} 验证。",
  "teams.refused.factor-missing": "此操作需要双重验证，而你在 {host} 还没有可用的验证方式。请先设置一个。",
  "teams.refused.too-slow": "距离输入主密码已超过十分钟，{host} 需要再次验证。请再登录一次。",
  "teams.refused.factor-cancelled": "没有完成双重验证，因此没有在 {host} 进行任何操作。",
  "teams.change.wants-factor": "保险库的主密码已更改。要在 {host} 上也更改，还需要完成双重验证。",
  "teams.change.no-factor": "没有完成双重验证，因此 {host} 上有效的仍是原来的主密码。",
  "teams.sessions.waits": "完成上面的步骤后，这里才会列出。",
  "teams.register.factor-cancelled":
    "你已在 {host} 注册，但还没有登录：还需要设置一种验证方式。现在或以后用同一个连接码和同一个邮箱地址再点一次“注册”，就会从这里继续。",

  "factors.refused.wrong-code": "验证码不对。请确认它是最新的，并且属于你在这台服务器的账户，然后重新输入。",
  "factors.refused.wrong-recovery-code": "恢复码不对。请照着纸逐个字符核对，并确认这是最新的一组。",
  "factors.refused.used-code": "这个验证码是对的，但已经用过：每个只能用一次。请等下一个出现再输入。",
  "factors.refused.clock-ahead": "显示验证码的设备时钟快了 {time}。请设为自动校时，再输入下一个验证码。",
  "factors.refused.clock-behind": "显示验证码的设备时钟慢了 {time}。请设为自动校时，再输入下一个验证码。",
  "factors.refused.challenge-over": "耗时太久，或输错次数过多。请从头再试一次。",
  "factors.refused.sent-another": "这个验证码已经过期，或输错次数过多。新的验证码已发出，请输入新的。",
  "factors.refused.no-such-factor": "这个验证方式已经不在了。请换一个。",
  "factors.refused.no-such-module": "{host} 不再提供这种验证方式。请换一个。",
  "factors.refused.malformed": "{host} 不接受这样的内容。请检查是否输错，再继续。",
  "factors.refused.wait": "连续尝试的次数过多，其中可能有别人的尝试。请等 {time}再试。",
  "factors.refused.not-reached": "{host} 连不上发送或核对验证码的系统。请稍后重试，或换一种验证方式。",
  "factors.refused.business": "核对验证码的系统说：“{reason}”（{facts}）",
  "factors.refused.wrong-credential": "{host} 不认识这个通行密钥或安全密钥。请使用在那里设置过的那个。",
  "factors.refused.needs-another": "恢复码是在其他验证方式用不了时使用的：请先设置另一种。",
  "factors.refused.too-many": "你在 {host} 的验证方式（或这一种）已达上限。请先移除一个。",
  "factors.refused.last-factor": "这是最后一个：移除后，仅凭主密码就能登录 {host}，恢复码也会一并失效。",
  "factors.refused.factor-required": "{host} 要求你使用双重验证，而这是最后一个。请先设置另一个。",
  "factors.refused.already-bound": "你在 {host} 已经绑定过这个邮箱或手机号码。请换一个。",
  "factors.refused.typed-passphrase":
    "这是你的主密码，没有发送：无论表单怎么写，任何服务器都不应看到它。如果表单要求填写它，请告知 {host} 的运行者，不要在那里登录。",
  "factors.refused.typed-kit":
    "这看起来是你的恢复密钥或设备连接码，没有发送：无论表单怎么写，任何服务器都不应看到它。如果表单要求填写它，请告知 {host} 的运行者，不要在那里登录。",
  "factors.refused.typed-too-long": "验证码不会这么长。没有发送任何内容。",
  "factors.refused.reset-kit": "这不是 {host} 上有效的恢复密钥。请与最新的那张纸核对。",
  "factors.refused.reset-no-factor": "没有可以移除的验证方式。",
  "factors.refused.reset-not-asked": "还没有人申请移除 {host} 上的验证方式，或申请已被取消。请先申请。",
  "factors.refused.reset-too-early": "公告的等待时间还没有结束。",
  "factors.refused.reset-rank": "只有 {host} 的管理员可以这样做。",
  "teams.recover.done-outside":
    "你已回到 {host}，有了新的恢复密钥，并改用此保险库的主密码。要在那里登录，还需要完成双重验证。",
  "groups.trouble.factor-needed":
    "{host} 要求先完成双重验证，才会向这台设备提供新内容。请在“团队”一栏中验证。",
  "groups.trouble.factor-missing":
    "{host} 要求先设置双重验证，才会向这台设备提供新内容。请在“团队”一栏中设置。",
  "factors.step.show": "完成双重验证",
  "factors.step.waits":
    "{host} 要求在这台设备上完成双重验证。在此之前，这里不会收到新内容，也不会发送任何内容。",
  "factors.step.title": "{host} 双重验证",
  "factors.step.after-passphrase": "主密码正确。还需要再确认一步，证明是你本人。",
  "factors.step.strong-only": "此处需要强的验证方式。以下只能用于登录：{names}。",
  "factors.step.shows": "{name}（{kind}）",
  "factors.step.go-on": "继续",
  "factors.step.again-in": "{time}后可重新发送",
  "factors.step.which": "手边有哪个验证方式？",
  "factors.step.use": "使用",
  "factors.step.use-named": "使用：{name}",
  "factors.step.another": "换一种方式",
  "factors.step.back": "返回",
  "factors.step.lost-it": "我把它弄丢了",
  "factors.step.lost-all": "全都用不了了",
  "factors.step.first":
    "除主密码外，{host} 还要求双重验证，而你在那里还没有可用的验证方式。现在设置一个，之后就会继续。",
  "factors.step.none-possible":
    "除主密码外，{host} 还要求双重验证，但没有能在这个浏览器中设置的方式。请询问服务器的运行者。",
  "factors.step.reset-pending":
    "有人申请移除你在 {host} 的全部验证方式，将于 {date} 生效。如果不是你，请现在完成验证，然后在“双重验证”中阻止。",
  "factors.step.reset-due":
    "有人申请移除你在 {host} 的全部验证方式，等待期已于 {date} 结束。如果不是你，请现在完成验证，然后在“双重验证”中阻止。如果是你，请在下方选择已弄丢，继续移除。",
  "factors.lost.title": "全都用不了了",
  "factors.lost.other-device":
    "请先再找一找：纸上的恢复码、手机、安全密钥，或另一台设备上的 Countersign（如果其中也存有 {host} 的动态口令）。",
  "factors.lost.kit":
    "用恢复密钥可以移除你在 {host} 的全部验证方式。申请会立即告知你的所有设备，等待一段时间后才执行，这样偷走恢复密钥的人无法悄悄登录。",
  "factors.lost.kit-stays": "它不会离开这台设备。{host} 只会收到用它生成的签名。",
  "factors.lost.ask": "申请移除",
  "factors.lost.waits":
    "已于 {asked} 申请。{due} 之后，请重新登录 {host}，带着恢复密钥回到这里。在此之前，任何能出示你的验证方式的人都可以阻止。",
  "factors.lost.due":
    "已于 {date} 申请，等待时间已过。再次输入恢复密钥，即可移除全部验证方式：之后仅凭主密码就能登录，直到你设置新的。",
  "factors.lost.finish": "移除全部验证方式",
  "factors.lost.administrator":
    "没有恢复密钥时：请联系 {host} 的运行者。他们可以移除你的验证方式，你所在小组的所有人都会得知。他们不会因此看到你的任何内容。",
  "factors.passkey.firefox":
    "Firefox 不允许扩展使用通行密钥。请换一种验证方式，或在 Chromium、Chrome、Edge 中登录。",
  "factors.passkey.cancelled":
    "浏览器没有得到通行密钥：操作被取消、超时，或这里没有用于 {host} 的通行密钥。请重试。",
  "factors.passkey.not-supported": "这个浏览器或密钥无法满足 {host} 的要求。请换一个。",
  "factors.passkey.failed": "通行密钥或安全密钥中断了。请重试。",
  "factors.passkey.not-permitted":
    "只有当此扩展可以访问 {host} 时，浏览器才会以它的名义请求通行密钥。该权限只在此刻使用，随后归还。请重试并选择允许。",
  "factors.passkey.already-here": "这台设备上已经有用于 {host} 的通行密钥。请使用它。",
  "factors.passkey.malformed": "{host} 请求通行密钥的方式没有浏览器能识别。",
  "factors.passkey.other-host": "{host} 请求了另一个地址的通行密钥。没有照做，也没有发送任何内容。",
  "factors.time.seconds.one": "{count} 秒",
  "factors.time.seconds.other": "{count} 秒",
  "factors.time.minutes.one": "{count} 分钟",
  "factors.time.minutes.other": "{count} 分钟",
};
