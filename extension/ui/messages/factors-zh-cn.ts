import type { factorsEn } from "./factors-en.ts";

/** What is said about second factors, in simplified Chinese. */
export const factorsZhCN: Record<keyof typeof factorsEn, string> = {
  "factors.form.working": "正在核对……",
  "factors.shown.qr": "供身份验证器扫描的二维码",
  "factors.shown.scan": "用身份验证器扫描，或在其中输入这个密钥：",
  "factors.shown.copy-secret": "复制密钥",
  "factors.shown.secret-copied": "已复制密钥。",
  "factors.shown.not-copied": "浏览器没有允许复制。请点击这个窗口后重试。",
  "factors.shown.sent": "验证码已发往 {to}，{time} 之前有效。",
  "factors.shown.codes-left.one": "恢复码只剩 {count} 个了，请生成一组新的。",
  "factors.shown.codes-left.other": "恢复码只剩 {count} 个了，请生成一组新的。",
  "factors.codes": "你的恢复码",
  "factors.codes.why":
    "其他验证方式都用不了时，每个恢复码可以让你登录一次。它们只在此刻显示，之后再也看不到：请打印或抄写下来，与这台设备分开保管。",
  "factors.codes.copy": "复制",
  "factors.codes.copied": "已复制恢复码。",
  "factors.codes.download": "下载为文本",
  "factors.codes.print": "打印",
  "factors.codes.sheet-head": "Countersign 恢复码，{date}",
  "factors.codes.sheet-server": "服务器",
  "factors.codes.sheet-email": "电子邮箱",
  "factors.codes.sheet-codes": "恢复码（每个只能用一次）",
  "factors.codes.sheet-use":
    "其他验证方式用不了时：在 {host} 要求双重验证的地方选择恢复码，输入其中任意一个，然后把它划掉。没有主密码，它们什么也打不开。",
};
