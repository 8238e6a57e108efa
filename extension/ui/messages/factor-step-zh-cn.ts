import type { factorStepEn } from "./factor-step-en.ts";

/** What is said where a second factor is shown, in simplified Chinese. */
export const factorStepZhCN: Record<keyof typeof factorStepEn, string> = {
  "teams.refused.factor-needed": "此操作需要向 {host} 完成双重验证。",
  "teams.refused.factor-again": "距离上次双重验证已经太久，此操作需要再次向 {host} 验证。",
  "teams.refused.factor-missing": "此操作需要双重验证，而你在 {host} 还没有可用的验证方式。请先设置一个。",
  "teams.refused.factor-cancelled": "没有完成双重验证，因此没有登录 {host}。没有任何改动。",

  "factors.refused.wrong-code":
    "这不是当前的验证码。请核对它属于哪个账户、哪台服务器，再输入此刻显示的那个。",
  "factors.refused.used-code": "这个验证码是对的，但已经用过：每个只能用一次。请等下一个出现再输入。",
  "factors.refused.clock-ahead": "显示验证码的设备时钟快了{time}。请设为自动校时，再输入下一个验证码。",
  "factors.refused.clock-behind": "显示验证码的设备时钟慢了{time}。请设为自动校时，再输入下一个验证码。",
  "factors.refused.challenge-over": "耗时太久，或输错次数过多。请从头再试一次。",
  "factors.refused.no-such-factor": "这个验证方式已经不在了。请换一个。",
  "factors.refused.no-such-module": "{host} 不再提供这种验证方式。请换一个。",
  "factors.refused.malformed": "{host} 无法识别这些内容。请再检查一遍。",
  "factors.refused.wait": "输错次数过多。请等{time}再试。",
  "factors.refused.not-reached": "{host} 连不上发送或核对验证码的系统。请稍后重试，或换一种验证方式。",
  "factors.refused.business": "核对验证码的系统说：“{reason}”",
  "factors.refused.business-code": "核对验证码的系统说：“{reason}”（{code}）",
  "factors.refused.wrong-credential": "{host} 不认识这个通行密钥或安全密钥。请使用在那里设置过的那个。",
  "factors.refused.needs-another": "恢复码是在其他验证方式用不了时使用的：请先设置另一种。",
  "factors.refused.too-many": "你在 {host} 的验证方式已达上限。请先移除一个。",
  "factors.refused.last-factor": "这是最后一个：移除后，仅凭主密码就能登录 {host}，恢复码也会一并失效。",
  "factors.refused.factor-required": "{host} 要求你使用双重验证，而这是最后一个。请先设置另一个。",
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
  "factors.time.seconds.one": "{count} 秒",
  "factors.time.seconds.other": "{count} 秒",
  "factors.time.minutes.one": "{count} 分钟",
  "factors.time.minutes.other": "{count} 分钟",
};
